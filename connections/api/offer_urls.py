"""Addresses of offers under /api/v1/."""

from django.urls import re_path

from . import offers

_APPLICATION = r"^connections/(?P<reference>[0-9A-Za-z-]{1,16})"

urlpatterns = [
    re_path(rf"{_APPLICATION}/offer/$", offers.get_offer),
    re_path(rf"{_APPLICATION}/offer/accept/$", offers.accept_contract),
    re_path(rf"{_APPLICATION}/withdraw/$", offers.withdraw_application),
]
