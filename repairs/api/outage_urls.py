"""Addresses of interruptions under /api/v1/."""

from django.urls import path, re_path

from . import outage_acts as acts
from . import outage_calls, outage_preview, outage_tickets, outages
from . import outage_exceptions as exceptions

_OUTAGE = r"^outages/(?P<reference>[0-9A-Za-z-]{1,16})"

urlpatterns = [
    path("places/", outages.list_places),
    path("outages/", outages.list_outages),
    path("outages/count/", outages.count_outage),
    path("outages/plan/", acts.plan_outage),
    path("outages/declare/", acts.declare_accident),
    path("outages/calls/", outages.list_calls),
    path("outages/exceptions/", outages.list_exceptions),
    path("outages/calls/<int:call>/result/", outage_calls.record_call),
    re_path(rf"{_OUTAGE}/$", outages.get_outage),
    re_path(rf"{_OUTAGE}/delivery/$", outages.get_delivery),
    re_path(rf"{_OUTAGE}/words/$", outage_preview.preview_outage),
    re_path(rf"{_OUTAGE}/change/$", acts.change_outage_plan),
    re_path(rf"{_OUTAGE}/confirm/$", acts.confirm_accident),
    re_path(rf"{_OUTAGE}/announce/$", acts.announce_outage),
    re_path(rf"{_OUTAGE}/begin/$", acts.begin_outage),
    re_path(rf"{_OUTAGE}/promise/$", acts.promise_outage),
    re_path(rf"{_OUTAGE}/widen/$", acts.widen_outage),
    re_path(rf"{_OUTAGE}/end/$", acts.end_outage),
    re_path(rf"{_OUTAGE}/call-off/$", acts.call_off_outage),
    re_path(rf"{_OUTAGE}/exceptions/$", exceptions.ask_exception),
    re_path(rf"{_OUTAGE}/exceptions/(?P<wish>[0-9]{{1,12}})/approve/$", exceptions.approve_exception),
    re_path(rf"{_OUTAGE}/exceptions/(?P<wish>[0-9]{{1,12}})/refuse/$", exceptions.refuse_exception),
    re_path(rf"{_OUTAGE}/tickets/$", outage_tickets.attach_ticket),
    re_path(rf"{_OUTAGE}/tickets/remove/$", outage_tickets.detach_ticket),
    re_path(rf"{_OUTAGE}/ring-missed/$", outage_calls.ring_missed),
]
