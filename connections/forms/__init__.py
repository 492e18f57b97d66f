"""What people fill in about applications for gas."""
