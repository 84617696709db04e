"""Which findings are told: what only follows from another fault, and what was accepted, is not."""
