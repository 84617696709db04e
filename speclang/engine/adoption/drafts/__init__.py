"""Rules made of sentences in free words, for somebody to look at: what holds under a condition becomes a draft of a `rule`."""
