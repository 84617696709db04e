"""A project followed while its files change: what each change means, told as events."""
