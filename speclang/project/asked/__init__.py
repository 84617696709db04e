"""What the settings say of those whom `specc eval` asks."""
