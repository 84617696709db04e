"""A project as git keeps it: what is staged, and what has changed since a revision."""
