"""The spine: timelines, the tamper-evident journal, effects that must follow an event.

Whatever has promises owns a timeline; every step is an event on it.
"""
