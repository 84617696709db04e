"""Floor 8: the public kit for writing a requirement kind. A third party needs nothing else."""
