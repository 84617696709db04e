"""Floor 10: from a requirement to what was made of it, and back."""
