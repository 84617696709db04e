"""Floor 2: where a project lies, how it is set, and the only access to the disk."""
