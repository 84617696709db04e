"""What people read of drills, and what has them run."""
