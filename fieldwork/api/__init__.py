"""Doors of the API to visits."""
