"""The solver behind the search: the only place that knows z3."""
