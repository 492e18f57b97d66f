"""Addresses of finance's work under /api/v1/: reconciliation, exports, days of halls, credit that is paid out."""

from django.urls import path, re_path

from .. import converters  # noqa: F401 - registers <day:…>
from . import credit_payouts, exports, hall_days, provider_bills, reconciliation

_BREAK = r"^reconciliation/breaks/(?P<reference>[0-9A-Z-]{1,14})"
_PAYOUT = r"^credit-payouts/(?P<reference>[0-9A-Z-]{1,14})"

urlpatterns = [
    path("reconciliation/breaks/", reconciliation.list_breaks),
    re_path(rf"{_BREAK}/$", reconciliation.get_break),
    re_path(rf"{_BREAK}/take-on/$", reconciliation.take_on_break),
    re_path(rf"{_BREAK}/settle/$", reconciliation.settle_break),
    re_path(rf"{_BREAK}/approve/$", reconciliation.approve_break),
    re_path(rf"{_BREAK}/refuse/$", reconciliation.refuse_break),
    path("reconciliation/bills/", provider_bills.list_provider_bills),
    path("reconciliation/bills/fetch/", provider_bills.fetch_provider_bill),
    path("reconciliation/payouts/", provider_bills.note_payout),
    path("exports/<slug:sheet>/", exports.get_export),
    path("halls/<slug:code>/days/<day:day>/", hall_days.get_hall_day),
    path("halls/<slug:code>/days/<day:day>/close/", hall_days.close_hall_day),
    path("halls/<slug:code>/days/<day:day>/sign/", hall_days.sign_hall_day),
    path("halls/<slug:code>/deposits/", hall_days.deposit_cash),
    re_path(r"^accounts/(?P<number>[0-9]{1,10})/credit-payouts/$", credit_payouts.ask_credit_payout),
    re_path(rf"{_PAYOUT}/approve/$", credit_payouts.approve_credit_payout),
    re_path(rf"{_PAYOUT}/refuse/$", credit_payouts.refuse_credit_payout),
]
