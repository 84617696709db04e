"""Where answers are kept: once each, by the hash of what they are, in SQLite or PostgreSQL."""
