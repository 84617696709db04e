"""Who has read which text by hand against which meaning."""
