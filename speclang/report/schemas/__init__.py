"""What is printed of runs for machines, as JSON Schema."""
