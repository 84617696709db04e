"""The published shapes of recorded answers and of what is said of them, as JSON Schema (draft 2020-12)."""
