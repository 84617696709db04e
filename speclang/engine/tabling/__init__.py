"""A feature's rules as a decision table: for a terminal, a review, a browser, other programs."""
