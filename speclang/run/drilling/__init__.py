"""What `specc drill` does to an application: models that are broken on the way, one request after the other."""
