"""Promises over the API."""
