"""The graph as one HTML file that a person reads from the disk."""
