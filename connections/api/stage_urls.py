"""Addresses of stages under /api/v1/."""

from django.urls import re_path

from . import stages

urlpatterns = [re_path(r"^connections/(?P<reference>[0-9A-Za-z-]{1,16})/stages/$", stages.list_stages)]
