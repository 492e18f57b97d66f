"""Repairs and restorations over HTTP."""
