"""Floor 11: cases on a target: what is sent, when, what comes back, and where it is kept."""
