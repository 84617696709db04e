"""Floor 14: the command line. The only place that prints."""
