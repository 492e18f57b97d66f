"""Pages of the spine."""
