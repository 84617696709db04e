"""The rules of a feature as a decision table."""
