"""Addresses of dispatch under /api/v1/."""

from django.urls import path

from . import radio, rosters, visits

urlpatterns = [
    path("crews/", visits.list_crews),
    path("crews/<str:crew>/shifts/", rosters.list_shifts),
    path("crews/<str:crew>/shifts/plan/", rosters.plan_shifts),
    path("crews/<str:crew>/shifts/<int:shift>/drop/", rosters.drop_shift),
    path("visits/", visits.list_visits),
    path("visits/<int:visit>/", visits.get_visit),
    path("visits/<int:visit>/suggestions/", visits.suggest_crews),
    path("visits/<int:visit>/offer/", visits.offer_visit),
    path("visits/<int:visit>/recall/", visits.recall_visit),
    path("visits/<int:visit>/reassign/", visits.reassign_visit),
    path("visits/<int:visit>/radio/", radio.write_down),
    path("visits/<int:visit>/cancel/", visits.cancel_visit),
]
