"""Reads that feed the desk's screens from several rooms."""
