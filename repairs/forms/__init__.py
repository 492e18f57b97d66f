"""What people fill in when something is wrong."""
