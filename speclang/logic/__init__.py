"""Floor 6: what a rule set decides on an input, regions of inputs, and inputs that show something."""
