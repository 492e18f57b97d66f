"""The one list of periodic jobs. The roof writes it (config/jobs.py); we know only where to look."""

from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from .schedules import Every


@cache
def jobs() -> Mapping[str, Every]:
    """Name -> job."""
    return {job.name: job for job in import_string(settings.JOBS)}
