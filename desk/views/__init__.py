"""The front office's pages."""
