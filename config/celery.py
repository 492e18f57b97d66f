"""Production's queue. It carries doorbells and tasks; deadlines and retries are rows (docs/decisions/0004)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("pilotlight")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["config"], related_name="tasks")
app.autodiscover_tasks()
