"""Floor 13: what people and machines read about runs."""
