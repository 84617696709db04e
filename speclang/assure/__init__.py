"""Floor 12: practices over runs, one file each."""
