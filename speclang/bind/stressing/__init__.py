"""What a spec says of stress: axes, levels and paraphrases."""
