"""What the author of a spec says in words, as sentences."""
