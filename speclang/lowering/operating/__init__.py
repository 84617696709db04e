"""What practices that operate a feature add to its cases."""
