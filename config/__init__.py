"""The roof: settings, urls and wires between the apps. It decides nothing.

Importing it makes the Celery application known, so that ``shared_task`` finds it.
"""

from .celery import app as celery_app

__all__ = ["celery_app"]
