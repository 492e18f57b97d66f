"""We call back: follow-ups after the work, samples of customers and care visits, so that the company hears how it served.

Whoever asks is never who did the work, and "not reached" is an honest outcome.
"""
