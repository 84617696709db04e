"""Floor 10: what can be proved about a rule set, and what a change of it means. Changes nothing."""
