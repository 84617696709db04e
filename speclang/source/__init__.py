"""Floor 0: text, spans, hashing and nearest names. Knows nothing of specs."""
