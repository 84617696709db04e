"""Axes along which messages differ: one file each, found by the name that a spec writes."""
