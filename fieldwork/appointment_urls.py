"""Times for visits: the customer's, the tracking page's, the desk's, and the planner's; part of this app's urls."""

from django.urls import URLPattern, path

from .views import appointments, slots

urlpatterns: list[URLPattern] = [
    path("cabinet/requests/<str:reference>/appointment/", appointments.cabinet_appointment, name="cabinet_appointment"),
    path(
        "cabinet/requests/<str:reference>/appointment/cancel/",
        appointments.cabinet_appointment_cancel,
        name="cabinet_appointment_cancel",
    ),
    path("track/case/appointment/", appointments.tracked_appointment, name="tracked_appointment"),
    path("track/case/appointment/cancel/", appointments.tracked_appointment_cancel, name="tracked_appointment_cancel"),
    path("staff/cases/<str:reference>/appointment/", appointments.case_appointment, name="case_appointment"),
    path("staff/cases/<str:reference>/appointment/cancel/", appointments.case_appointment_cancel, name="case_appointment_cancel"),
    path("staff/crews/times/", slots.slot_plan, name="slot_plan"),
    path("staff/crews/times/closed/", slots.blackout_new, name="blackout_new"),
    path("staff/crews/times/closed/<int:pk>/lift/", slots.blackout_lift, name="blackout_lift"),
    path("staff/crews/times/<int:pk>/capacity/", slots.slot_capacity, name="slot_capacity"),
    path("staff/crews/times/<int:pk>/drop/", slots.slot_drop, name="slot_drop"),
]
