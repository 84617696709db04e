"""Findings that were looked at, and stand as they are until a day."""
