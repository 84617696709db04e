"""What is written of drills."""
