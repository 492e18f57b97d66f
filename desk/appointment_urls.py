"""Appointments at halls: the public page, the cabinet, the hall's day, the plan; part of this app's urls."""

from django.urls import URLPattern, path

from .views import cabinet_appointments, hall_appointment, hall_days, hall_plans, public_appointments

_ONE = "staff/appointments/<str:reference>/"
_PLAN = "staff/appointments/plan/"
urlpatterns: list[URLPattern] = [
    path("appointments/", public_appointments.appointments, name="appointments"),
    path("appointments/booked/", public_appointments.appointment_booked, name="appointment_booked"),
    path("appointments/find/", public_appointments.appointment_find, name="appointment_find"),
    path("appointments/mine/", public_appointments.appointment_mine, name="appointment_mine"),
    path("appointments/mine/give-up/", public_appointments.appointment_give_up, name="appointment_give_up"),
    path("appointments/by-link/<str:token>/", public_appointments.appointment_link, name="appointment_link"),
    path("cabinet/appointments/", cabinet_appointments.cabinet_appointments, name="cabinet_appointments"),
    path("cabinet/appointments/new/", cabinet_appointments.cabinet_appointment_new, name="cabinet_appointment_new"),
    path("cabinet/appointments/<str:reference>/", cabinet_appointments.cabinet_hall_appointment, name="cabinet_hall_appointment"),
    path(
        "cabinet/appointments/<str:reference>/give-up/",
        cabinet_appointments.cabinet_hall_appointment_give_up,
        name="cabinet_hall_appointment_give_up",
    ),
    path("staff/appointments/", hall_days.hall_day_list, name="hall_day_list"),
    path("staff/appointments/new/", hall_days.hall_booking_new, name="hall_booking_new"),
    path(_PLAN, hall_plans.hall_plan, name="hall_plan"),
    path(f"{_PLAN}hours/<int:pk>/drop/", hall_plans.hall_hours_drop, name="hall_hours_drop"),
    path(f"{_PLAN}services/", hall_plans.hall_service_offer, name="hall_service_offer"),
    path(f"{_PLAN}services/<int:pk>/withdraw/", hall_plans.hall_service_withdraw, name="hall_service_withdraw"),
    path(f"{_PLAN}gaps/", hall_plans.hall_gap_new, name="hall_gap_new"),
    path(f"{_PLAN}gaps/<int:pk>/open/", hall_plans.hall_gap_open, name="hall_gap_open"),
    path(f"{_PLAN}outside/", hall_plans.hall_stranded, name="hall_stranded"),
    path(_ONE, hall_appointment.hall_appointment, name="hall_appointment"),
    path(f"{_ONE}step/", hall_days.hall_step, name="hall_step"),
    path(f"{_ONE}give-up/", hall_appointment.hall_appointment_give_up, name="hall_appointment_give_up"),
    path(f"{_ONE}told/", hall_appointment.hall_appointment_told, name="hall_appointment_told"),
    path(f"{_ONE}case/", hall_appointment.hall_appointment_link, name="hall_appointment_link"),
    path(f"{_ONE}erase/", hall_appointment.hall_appointment_erase, name="hall_appointment_erase"),
]
