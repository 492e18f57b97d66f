"""Promises and time: periodic jobs as rows, and the timekeepers' signs of life.

The clocks and alarms of the promise engine live here too; config/sentry.py is the process that keeps time.
"""
