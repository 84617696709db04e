"""A shop whose tools can be told to misbehave, each behind another door."""
