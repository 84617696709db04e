"""Floor 2: what was built from what, as a file, and the stamp that says that nothing changed."""
