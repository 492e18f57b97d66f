"""What this app reads for a screen."""
