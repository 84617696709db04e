"""Floor 9: what each requirement kind means, one file or folder each. Nobody imports a kind by name."""
