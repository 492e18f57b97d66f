"""Doors for machines to what the front office puts together."""
