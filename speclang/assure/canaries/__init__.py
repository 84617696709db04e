"""Mutants of a prompt: what they are, how they are made, run, judged and read."""
