"""Reads of repairs, restorations and interruptions."""
