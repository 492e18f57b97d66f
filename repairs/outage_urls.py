"""Pages of interruptions; part of this app's urls."""

from django.urls import URLPattern, path

from .views import (
    outage_acts,
    outage_calls,
    outage_exceptions,
    outage_feed,
    outage_messages,
    outage_plans,
    outage_public,
    outage_tickets,
    outages,
)

_ACTS = {
    "announce": outage_acts.announce,
    "begin": outage_acts.begin,
    "promise": outage_acts.promise,
    "end": outage_acts.end,
    "cancel": outage_acts.cancel,
    "exception": outage_exceptions.ask_exception,
    "attach": outage_tickets.attach,
}
urlpatterns: list[URLPattern] = [
    path("outages/", outage_public.public_outages, name="public_outages"),
    path("outages.json", outage_public.public_json, name="public_outages_json"),
    path("outages.atom", outage_feed.public_feed, name="public_outages_feed"),
    path("staff/outages/", outages.outage_list, name="outage_list"),
    path("staff/outages/new/", outage_plans.plan_new, name="outage_new"),
    path("staff/outages/accident/", outage_plans.accident_new, name="outage_accident"),
    path("staff/outages/calls/", outage_calls.call_list, name="outage_call_list"),
    path("staff/outages/<str:reference>/", outages.outage, name="outage"),
    path("staff/outages/<str:reference>/plan/", outage_plans.plan_change, name="outage_plan"),
    path("staff/outages/<str:reference>/widen/", outage_plans.widen, name="outage_widen"),
    path("staff/outages/<str:reference>/calls/", outage_calls.calls_of_outage, name="outage_calls"),
    path("staff/outages/<str:reference>/ring-missed/", outage_messages.ring_missed, name="outage_ring_missed"),
    path("staff/outages/<str:reference>/messages/", outage_messages.messages_missed, name="outage_messages"),
    *(path(f"staff/outages/<str:reference>/{word}/", view, name=f"outage_{word}") for word, view in _ACTS.items()),
    path("staff/outage-exceptions/<int:pk>/approve/", outage_exceptions.approve_exception, name="outage_exception_approve"),
    path("staff/outage-exceptions/<int:pk>/refuse/", outage_exceptions.refuse_exception, name="outage_exception_refuse"),
    path("staff/outage-tickets/<int:pk>/detach/", outage_tickets.detach, name="outage_detach"),
    path("staff/outage-calls/<int:pk>/result/", outage_calls.record_call, name="outage_call_result"),
]
