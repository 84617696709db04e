"""Which of the differences between two runs makes the one fail where the other did not."""
