"""Floor 7: what will be written, as data: clauses, cases, graders and where each piece comes from."""
