"""Findings for machines: one file per `--format`, each with `render(found, places) -> str`, a whole document."""
