"""Addresses of stewards and of times for visits under /api/v1/."""

from django.urls import path, re_path

from . import stewards

_APPLICATION = r"^connections/(?P<reference>[0-9A-Za-z-]{1,16})"

urlpatterns = [
    path("stewards/portfolio/", stewards.get_portfolio),
    path("stewards/ageing/", stewards.get_ageing),
    re_path(rf"{_APPLICATION}/hand-over/$", stewards.hand_over),
    re_path(rf"{_APPLICATION}/visits/$", stewards.list_visit_times),
    re_path(rf"{_APPLICATION}/visits/book/$", stewards.book_visit),
]
