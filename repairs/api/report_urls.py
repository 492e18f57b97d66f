"""Addresses of reports, repairs and restorations under /api/v1/."""

from django.urls import path, re_path

from . import acts, reports

_REPAIR = r"^repairs/(?P<reference>[0-9A-Za-z-]{1,16})"

urlpatterns = [
    path("repairs/report/", reports.report_repair),
    path("repairs/triage/", reports.judge_fault),
    path("repairs/waiting/", reports.list_waiting),
    path("restorations/accept/", acts.accept_restoration),
    re_path(r"^restorations/(?P<reference>[0-9A-Za-z-]{1,16})/$", acts.get_restoration),
    re_path(rf"{_REPAIR}/$", reports.get_repair),
    re_path(rf"{_REPAIR}/classify/$", acts.classify_repair),
    re_path(rf"{_REPAIR}/conclude/$", acts.conclude_repair),
    re_path(rf"{_REPAIR}/confirm/$", acts.confirm_repair),
    re_path(rf"{_REPAIR}/dispute/$", acts.dispute_repair),
    re_path(rf"{_REPAIR}/follow/$", acts.follow_repair),
    re_path(rf"{_REPAIR}/order/$", acts.order_repair),
    re_path(rf"{_REPAIR}/release/$", acts.release_repair),
    re_path(rf"{_REPAIR}/send-again/$", acts.send_again),
    re_path(rf"{_REPAIR}/stand-alone/$", acts.stand_alone),
]
