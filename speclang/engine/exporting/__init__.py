"""A feature as files of another tool: what is read of the project and of ourselves, and what is written."""
