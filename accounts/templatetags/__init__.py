"""What templates need to write people down."""
