"""What requirements lack to be tested."""
