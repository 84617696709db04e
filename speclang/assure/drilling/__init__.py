"""Fallbacks, drilled: where a fault ended, what held there, how long ago that was."""
