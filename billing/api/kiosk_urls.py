"""Addresses for kiosks under /api/v1/kiosk/."""

from django.urls import path, re_path

from . import kiosk, kiosk_writes

urlpatterns = [
    path("heartbeat/", kiosk.heartbeat),
    path("card-reads/", kiosk.read_card),
    path("quotes/", kiosk.quote),
    path("sales/", kiosk_writes.sell),
    re_path(r"^orders/(?P<reference>[0-9A-Z-]{1,14})/writes/$", kiosk_writes.begin_write),
    path("writes/<int:write>/result/", kiosk_writes.acknowledge),
]
