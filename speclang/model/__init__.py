"""Floor 5: the resolved program, as data. Every name in it is known, every value typed."""
