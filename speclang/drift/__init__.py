"""Floor 10: what the lock, the files and a rebuild say about each other."""
