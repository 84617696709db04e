"""What a spec looks like in colour."""
