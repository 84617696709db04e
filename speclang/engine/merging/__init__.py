"""Merging what specc generated."""
