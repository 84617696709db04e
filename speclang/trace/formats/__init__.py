"""One file for each form in which other tools read the graph."""
