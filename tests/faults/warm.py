"""The product's application with all its pages loaded, so that a worker forked from here answers at once; nobody gathered its files."""

from django.conf import settings
from django.urls import get_resolver

from config.wsgi import application

settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
get_resolver()._populate()

__all__ = ["application"]
