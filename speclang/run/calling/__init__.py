"""Real tools, and the ways in which they are called."""
