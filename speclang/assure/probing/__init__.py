"""Real tools held against what the specs say of them."""
