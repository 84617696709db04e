"""The road back: an edit of a prompt becomes an edit of the spec, or is refused with the reason."""
