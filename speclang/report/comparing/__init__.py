"""What is told of two runs: side by side, and of a search for what broke between them."""
