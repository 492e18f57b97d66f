"""Addresses of dispatch under /api/v1/."""

from django.urls import path

from . import visits

urlpatterns = [
    path("crews/", visits.list_crews),
    path("visits/", visits.list_visits),
    path("visits/<int:visit>/", visits.get_visit),
    path("visits/<int:visit>/suggestions/", visits.suggest_crews),
    path("visits/<int:visit>/offer/", visits.offer_visit),
    path("visits/<int:visit>/recall/", visits.recall_visit),
    path("visits/<int:visit>/reassign/", visits.reassign_visit),
]
