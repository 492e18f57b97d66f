"""Addresses of promises under /api/v1/."""

from django.urls import path

from . import promises

urlpatterns = [
    path("promises/", promises.list_promises),
]
