"""Addresses of published answers under /api/v1/."""

from django.urls import path, re_path

from . import publications

urlpatterns = [
    path("published-answers/", publications.list_published),
    path("published-answers/search/", publications.search_published),
    re_path(r"^published-answers/(?P<number>[0-9]{1,9})/$", publications.read_published),
]
