"""Addresses of times for visits under /api/v1/."""

from django.urls import path, re_path

from . import appointments, slots

_OF_A_CASE = r"^cases/(?P<reference>[0-9A-Za-z-]{1,16})/appointment"

urlpatterns = [
    re_path(rf"{_OF_A_CASE}/$", appointments.get_appointment),
    re_path(rf"{_OF_A_CASE}/agree/$", appointments.agree_appointment),
    re_path(rf"{_OF_A_CASE}/arrange/$", appointments.arrange_appointment),
    re_path(rf"{_OF_A_CASE}/cancel/$", appointments.cancel_appointment),
    re_path(rf"{_OF_A_CASE}/move/$", appointments.move_appointment),
    path("slots/", slots.preview_slots),
    path("slots/plans/", slots.list_slot_plans),
    path("slots/plans/add/", slots.plan_slots),
    path("slots/plans/<int:plan>/capacity/", slots.change_capacity),
    path("slots/plans/<int:plan>/drop/", slots.drop_slot),
    path("slots/closed-days/", slots.list_closed_days),
    path("slots/closed-days/add/", slots.close_days),
    path("slots/closed-days/<int:closure>/open/", slots.open_days),
]
