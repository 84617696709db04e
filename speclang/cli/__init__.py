"""Floor 15: the command line. The only place that prints."""
