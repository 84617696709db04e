"""Floor 10: recorded answers to verdicts: one for each requirement that speaks on an answer, with a reason."""
