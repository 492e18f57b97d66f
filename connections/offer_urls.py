"""Offers, for staff and for applicants; part of this app's urls."""

from django.urls import URLPattern, path

from .views import my_offer, offers

_OFFER = "staff/connections/<str:reference>/offer/"
_MINE = "cabinet/connections/<str:reference>/"
_TRACKED = "track/connection/"
urlpatterns: list[URLPattern] = [
    path(_OFFER, offers.offer, name="offer"),
    path(f"{_OFFER}design/", offers.offer_design, name="offer_design"),
    path(f"{_OFFER}quote/", offers.offer_quote, name="offer_quote"),
    path(f"{_OFFER}send/", offers.offer_send, name="offer_send"),
    path(f"{_OFFER}take-back/", offers.offer_take_back, name="offer_take_back"),
    path(f"{_OFFER}accept/", offers.offer_accept, name="offer_accept"),
    path(f"{_OFFER}withdraw/", offers.offer_end, name="offer_end"),
    path(f"{_OFFER}refund/", offers.offer_refund, name="offer_refund"),
    path(f"{_OFFER}contract.pdf", my_offer.case_contract, name="case_contract"),
    path(f"{_MINE}offer/", my_offer.cabinet_offer, name="cabinet_offer"),
    path(f"{_MINE}withdraw/", my_offer.cabinet_end, name="cabinet_end"),
    path(f"{_MINE}contract.pdf", my_offer.cabinet_contract, name="cabinet_contract"),
    path(f"{_MINE}design/", my_offer.cabinet_design, name="cabinet_design"),
    path(f"{_TRACKED}offer/", my_offer.tracked_offer, name="tracked_offer"),
    path(f"{_TRACKED}withdraw/", my_offer.tracked_end, name="tracked_end"),
    path(f"{_TRACKED}contract.pdf", my_offer.tracked_contract, name="tracked_contract"),
    path(f"{_TRACKED}design/", my_offer.tracked_design, name="tracked_design"),
]
