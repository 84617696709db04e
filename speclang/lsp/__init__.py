"""Floor 14: the editor server. Everything that it answers is asked of `engine/queries`; here stands how it is told."""
