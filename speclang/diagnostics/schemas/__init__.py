"""The published shape of findings: a JSON Schema (2020-12) for `--format json`."""
