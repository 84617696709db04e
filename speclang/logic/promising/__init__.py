"""What a tool promises of its results, and whether a result keeps it."""
