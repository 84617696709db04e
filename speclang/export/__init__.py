"""Floor 10: a feature's plan to the files of other tools, with the code of its checks in one file of their own."""
