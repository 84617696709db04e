"""Two runs side by side: what they were asked within, and what was said and done in each."""
