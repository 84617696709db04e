"""The published shapes of the files that a build writes, as JSON Schema (draft 2020-12)."""
