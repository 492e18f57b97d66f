"""Addresses of stewards, of what they are told to do and tell, and of times for visits under /api/v1/."""

from django.urls import path, re_path

from . import mandates, notices, stewards

_APPLICATION = r"^connections/(?P<reference>[0-9A-Za-z-]{1,16})"

urlpatterns = [
    path("stewards/portfolio/", stewards.get_portfolio),
    path("stewards/ageing/", stewards.get_ageing),
    re_path(rf"{_APPLICATION}/hand-over/$", stewards.hand_over),
    re_path(rf"{_APPLICATION}/mandates/$", mandates.list_mandates),
    re_path(rf"{_APPLICATION}/mandates/give/$", mandates.give_mandate),
    re_path(rf"{_APPLICATION}/mandates/revoke/$", mandates.revoke_mandate),
    re_path(rf"{_APPLICATION}/notices/$", notices.list_notices),
    re_path(rf"{_APPLICATION}/notices/give/$", notices.give_notice),
    re_path(rf"{_APPLICATION}/notices/(?P<notice>[0-9]{{1,12}})/$", notices.get_notice),
    re_path(rf"{_APPLICATION}/visits/$", stewards.list_visit_times),
    re_path(rf"{_APPLICATION}/visits/book/$", stewards.book_visit),
]
