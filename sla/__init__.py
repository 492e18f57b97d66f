"""Promises and time: the sentry that keeps time, periodic jobs as rows, and its own heartbeat.

The clocks and alarms of the promise engine live here too.
"""
