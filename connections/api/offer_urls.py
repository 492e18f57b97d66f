"""Addresses of offers under /api/v1/."""

from django.urls import re_path

from . import offers, quotes

_APPLICATION = r"^connections/(?P<reference>[0-9A-Za-z-]{1,16})"

urlpatterns = [
    re_path(rf"{_APPLICATION}/offer/$", offers.get_offer),
    re_path(rf"{_APPLICATION}/offer/accept/$", offers.accept_contract),
    re_path(rf"{_APPLICATION}/offer/quotes/$", quotes.list_quotes),
    re_path(rf"{_APPLICATION}/offer/quotes/draft/$", quotes.draft_quote),
    re_path(rf"{_APPLICATION}/offer/designs/add/$", quotes.add_design),
    re_path(rf"{_APPLICATION}/offer/send/$", quotes.send_quote),
    re_path(rf"{_APPLICATION}/offer/take-back/$", quotes.take_offer_back),
    re_path(rf"{_APPLICATION}/offer/refund/$", quotes.propose_refund),
    re_path(rf"{_APPLICATION}/withdraw/$", offers.withdraw_application),
]
