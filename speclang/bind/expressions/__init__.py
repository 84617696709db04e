"""Conditions, literals and types of the tree as typed values."""
