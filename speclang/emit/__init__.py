"""Floor 10: the plan as files: prompt, cases, source map and lock entries, each character with its origin."""
