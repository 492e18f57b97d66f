"""Rows of this app, one model a file."""
