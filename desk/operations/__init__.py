"""Verbs that take more than one room: what the front office does on somebody's behalf."""
