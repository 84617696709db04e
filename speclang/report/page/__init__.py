"""The report as one HTML file that a person reads from the disk."""
