"""A judge is asked: vote by vote, within bounds, and never twice for the same."""
