"""Our own modules as one file that needs none of them: what is used of each, word for word."""
