"""Pages on which staff take applications down; part of this app's urls."""

from django.urls import URLPattern, path

from .views import intake

urlpatterns: list[URLPattern] = [
    path("staff/connections/new/", intake.intake, name="intake"),
    path("staff/cases/<str:reference>/connection/", intake.intake_from_case, name="intake_from_case"),
    path("staff/connections/new/done/", intake.intake_done, name="intake_done"),
]
