"""What sentences of prompts are known to mean: rows of patterns, by what they are about."""
