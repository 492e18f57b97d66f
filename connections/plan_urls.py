"""How applications go: read by staff, written by administrators."""

from django.urls import path

from .views import plan_drafts, plans

_VERSION = "staff/connections/plan-versions/<int:pk>/"
_PART = f"{_VERSION}<slug:part>/"
urlpatterns = [
    path("staff/connections/plans/", plans.plan_list, name="plan_list"),
    path("staff/connections/plans/<slug:kind>/", plans.plan_story, name="plan_story"),
    path("staff/connections/plans/<slug:kind>/draft/", plan_drafts.draft_begin, name="plan_draft_begin"),
    path(_VERSION, plans.version_detail, name="plan_version"),
    path(f"{_VERSION}preview/", plans.version_preview, name="plan_preview"),
    path(f"{_VERSION}texts/", plan_drafts.draft_texts, name="plan_texts"),
    path(f"{_VERSION}publish/", plan_drafts.draft_publish, name="plan_publish"),
    path(f"{_VERSION}discard/", plan_drafts.draft_discard, name="plan_discard"),
    path(f"{_PART}new/", plan_drafts.draft_row_new, name="plan_row_new"),
    path(f"{_PART}<int:row>/", plan_drafts.draft_row, name="plan_row"),
    path(f"{_PART}<int:row>/remove/", plan_drafts.draft_row_remove, name="plan_row_remove"),
]
