"""Reads of applications for gas."""
