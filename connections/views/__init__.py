"""Pages of applications for gas."""
