"""Latencies by the time of day: how they are counted, compared and read."""
