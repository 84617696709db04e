"""One smell in one file; `analysis.smelling` finds them by their names."""
