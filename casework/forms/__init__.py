"""What people fill in about a case: taking it down, acting on it, and from outside."""
