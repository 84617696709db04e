"""How a project begins."""
