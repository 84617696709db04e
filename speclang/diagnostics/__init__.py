"""Floor 1: what is wrong, where, what it breaks and what to do, as values; and how that is drawn."""
