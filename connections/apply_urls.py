"""Pages on which one applies for gas; part of this app's urls."""

from django.urls import URLPattern, path

from .forms.steps import STEPS
from .views import apply_after, apply_steps, claim

urlpatterns: list[URLPattern] = [
    path("apply/", apply_after.start, name="apply"),
    *(path(f"apply/{step}/", apply_steps.apply_step, {"step": step}, name=f"apply_{step}") for step in STEPS),
    path("apply/check/", apply_steps.apply_check, name="apply_check"),
    path("apply/done/", apply_after.applied, name="applied"),
    path("apply/later/", apply_after.later, name="later"),
    path("apply/go-on/", apply_after.go_on, name="go_on"),
    path("apply/link/", apply_after.resume, name="resume"),
    path("apply/go-on/<str:secret>/", apply_after.old_link, name="old_link"),
    path("apply/forget/", apply_after.forget, name="forget"),
    path("cabinet/connections/claim/", claim.claim, name="claim"),
]
