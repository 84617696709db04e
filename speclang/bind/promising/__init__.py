"""What the results of a tool promise, as it is written."""
