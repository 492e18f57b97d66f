"""Doors for machines: webhooks, and the inbox of staff."""
