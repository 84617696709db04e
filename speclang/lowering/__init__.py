"""Floor 10: the program as a plan: which clauses, which graders, which cases, and what must come of each."""
