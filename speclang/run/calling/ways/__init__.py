"""Ways to call a real tool, one file each."""
