"""Floor 11: the steps in order, and what a user can ask of a project."""
