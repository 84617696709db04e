"""One file per format, found by its name: a new one is one more file here."""
