"""What prompts cost, in tokens."""
