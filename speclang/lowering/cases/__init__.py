"""The cases of a feature: what is expected of each, what can not be made, and why."""
