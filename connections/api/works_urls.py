"""Addresses of the works of connections under /api/v1/."""

from django.urls import re_path

from . import orders, works

_WORKS = r"^connections/(?P<reference>[0-9A-Za-z-]{1,16})/works/"
_DEFECT = rf"{_WORKS}defects/(?P<defect>[0-9]{{1,12}})/"

urlpatterns = [
    re_path(rf"{_WORKS}$", works.get_works),
    re_path(rf"{_WORKS}dispatch/$", orders.dispatch_order),
    re_path(rf"{_WORKS}send-out/$", orders.send_order_out),
    re_path(rf"{_WORKS}ready/$", orders.note_conditions),
    re_path(rf"{_WORKS}log/$", works.log_works),
    re_path(rf"{_WORKS}built/$", works.report_built),
    re_path(rf"{_WORKS}defects/$", works.name_defects),
    re_path(rf"{_DEFECT}mended/$", works.mend_defect),
    re_path(rf"{_DEFECT}check/$", works.check_defect),
    re_path(rf"{_WORKS}pass/$", works.pass_acceptance),
    re_path(rf"{_WORKS}gas-on/$", works.let_gas_in),
]
