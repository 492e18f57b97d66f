"""Addresses of call backs under /api/v1/."""

from django.urls import path

from . import follow_ups

urlpatterns = [
    path("call-backs/", follow_ups.list_follow_ups),
    path("call-backs/results/", follow_ups.get_results),
    path("call-backs/<int:follow_up>/", follow_ups.get_follow_up),
    path("call-backs/<int:follow_up>/attempt/", follow_ups.attempt),
    path("call-backs/<int:follow_up>/give-up/", follow_ups.give_up),
    path("call-backs/<int:follow_up>/hand-over/", follow_ups.hand_over),
    path("call-backs/<int:follow_up>/hear/", follow_ups.hear),
    path("call-backs/<int:follow_up>/letter/", follow_ups.write_letter),
    path("call-backs/<int:follow_up>/link/", follow_ups.send_link),
    path("call-backs/<int:follow_up>/refuse/", follow_ups.refuse),
    path("call-backs/<int:follow_up>/wrong-number/", follow_ups.wrong_number),
]
