"""The wording of E02 (names), E03 (types) and E04 (composition), one module each."""
