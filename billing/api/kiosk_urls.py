"""Addresses for kiosks under /api/v1/kiosk/."""

from django.urls import path, re_path

from . import kiosk, kiosk_payments, kiosk_writes

urlpatterns = [
    path("heartbeat/", kiosk.heartbeat),
    path("card-reads/", kiosk.read_card),
    path("quotes/", kiosk.quote),
    path("sales/", kiosk_writes.sell),
    re_path(r"^orders/(?P<reference>[0-9A-Z-]{1,14})/writes/$", kiosk_writes.begin_write),
    path("checkouts/", kiosk_payments.open_checkout),
    re_path(r"^checkouts/(?P<reference>[0-9A-Z-]{1,14})/state/$", kiosk_payments.checkout_state),
    re_path(r"^checkouts/(?P<reference>[0-9A-Z-]{1,14})/cancel/$", kiosk_payments.cancel_checkout),
    path("writes/<int:write>/result/", kiosk_writes.acknowledge),
]
