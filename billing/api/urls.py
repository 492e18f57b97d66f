"""Addresses of money under /api/v1/."""

from django.urls import include, path, re_path

from . import bills, card_reads, checkouts, held_payments, meter_gateway, meters, papers, prices, public, readings, top_ups

_NUMBER = r"(?P<number>[0-9A-Z]{1,8}-[0-9]{4}-[0-9]{6,9})"
_ACCOUNT = r"(?P<number>[0-9]{1,10})"
_TOP_UP = r"(?P<reference>[0-9A-Z-]{1,14})"
_BILL = r"(?P<number>B[0-9A-Z]{11})"

urlpatterns = [
    path("tariffs/", public.list_tariffs),
    re_path(rf"^accounts/{_ACCOUNT}/$", prices.get_account),
    re_path(rf"^accounts/{_ACCOUNT}/top-ups/$", top_ups.list_top_ups),
    re_path(rf"^accounts/{_ACCOUNT}/readings/$", readings.list_readings),
    re_path(rf"^accounts/{_ACCOUNT}/readings/take/$", readings.take_reading),
    re_path(rf"^accounts/{_ACCOUNT}/bills/$", bills.list_bills),
    re_path(rf"^bills/{_BILL}/$", bills.get_bill),
    re_path(rf"^bills/{_BILL}/pdf/$", bills.get_bill_pdf),
    re_path(rf"^bills/{_BILL}/take-payment/$", bills.take_bill_payment),
    path("calculations/", bills.calculate),
    re_path(rf"^accounts/{_ACCOUNT}/checkouts/$", checkouts.list_checkouts),
    path("checkouts/", checkouts.open_checkout),
    re_path(rf"^checkouts/{_TOP_UP}/$", checkouts.get_checkout),
    re_path(rf"^checkouts/{_TOP_UP}/cancel/$", checkouts.cancel_checkout),
    path("held-payments/", held_payments.list_held_payments),
    path("held-payments/<int:key>/assign/", held_payments.assign_held_payment),
    re_path(rf"^held-assignments/{_TOP_UP}/approve/$", held_payments.approve_held_assignment),
    re_path(rf"^held-assignments/{_TOP_UP}/refuse/$", held_payments.refuse_held_assignment),
    path("quotes/", prices.quote),
    path("top-ups/", top_ups.sell),
    re_path(rf"^top-ups/{_TOP_UP}/$", top_ups.get_top_up),
    re_path(rf"^top-ups/{_TOP_UP}/promises/$", top_ups.list_top_up_promises),
    re_path(rf"^top-ups/{_TOP_UP}/writes/$", card_reads.begin_write),
    path("card-reads/", card_reads.read_card),
    path("writes/<int:write>/result/", card_reads.finish_write),
    re_path(rf"^receipts/{_NUMBER}/$", papers.get_receipt),
    re_path(rf"^receipts/{_NUMBER}/pdf/$", papers.get_receipt_pdf),
    path("shifts/current/", papers.get_current_shift),
    path("", include("billing.api.finance_urls")),
    path("kiosk/", include("billing.api.kiosk_urls")),
    path("kiosks/", include("billing.api.kiosk_list_urls")),
    re_path(rf"^accounts/{_ACCOUNT}/meter/$", meters.get_connected_meter),
    re_path(rf"^accounts/{_ACCOUNT}/meter/days/$", meters.list_meter_days),
    re_path(rf"^accounts/{_ACCOUNT}/meter/valve/$", meters.order_valve),
    path("meter-gateway/connections/", meter_gateway.meter_connects),
    path("meter-gateway/done/", meter_gateway.meter_has_done),
]
