"""Addresses of money under /api/v1/."""

from django.urls import path, re_path

from . import card_reads, papers, prices, public, top_ups

_NUMBER = r"(?P<number>[0-9A-Z]{1,8}-[0-9]{4}-[0-9]{6,9})"

urlpatterns = [
    path("tariffs/", public.list_tariffs),
    path("accounts/<str:number>/", prices.get_account),
    path("accounts/<str:number>/top-ups/", top_ups.list_top_ups),
    path("quotes/", prices.quote),
    path("top-ups/", top_ups.sell),
    path("top-ups/<str:reference>/", top_ups.get_top_up),
    path("top-ups/<str:reference>/writes/", card_reads.begin_write),
    path("card-reads/", card_reads.read_card),
    path("writes/<int:write>/result/", card_reads.finish_write),
    re_path(rf"^receipts/{_NUMBER}/$", papers.get_receipt),
    re_path(rf"^receipts/{_NUMBER}/pdf/$", papers.get_receipt_pdf),
    path("shifts/current/", papers.get_current_shift),
]
