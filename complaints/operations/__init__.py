"""What this app does, by noun."""
