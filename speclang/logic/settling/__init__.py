"""Questions about inputs settled: by the search, by the solver, by what came of them at an earlier time."""
