"""Faults and leaks: reported, triaged, ordered, mended by a crew, confirmed by somebody else; and interruptions of supply.

A gas leak reported here is somebody's kitchen: it is stored whatever else fails, and a crew is told at once.
"""
