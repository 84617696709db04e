"""What the obedient stub says: it follows the clauses of a prompt, and nothing else."""
