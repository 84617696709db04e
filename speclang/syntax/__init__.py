"""Floor 3: text to tree and back. Names mean nothing here."""
