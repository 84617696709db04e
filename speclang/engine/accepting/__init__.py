"""Writing down that a finding stands as it is."""
