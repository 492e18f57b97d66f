"""Addresses of what customers are asked."""

from django.urls import URLPattern, path

from .views import questionnaires

_ONE = "staff/questionnaires/<slug:slug>/"
urlpatterns: list[URLPattern] = [
    path("staff/questionnaires/", questionnaires.questionnaire_list, name="questionnaires"),
    path(_ONE, questionnaires.questionnaire, name="questionnaire"),
    path(f"{_ONE}write/", questionnaires.questionnaire_write, name="questionnaire_write"),
    path(f"{_ONE}act/", questionnaires.questionnaire_act, name="questionnaire_act"),
]
