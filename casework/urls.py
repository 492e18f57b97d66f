"""Pages of this app."""

from django.urls import URLPattern, URLResolver, include, path

from .views import journal

app_name = "casework"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("casework.case_urls")),
    path("journal/roots/", journal.journal_roots, name="journal_roots"),
    path("journal/roots.json", journal.journal_roots_json, name="journal_roots_json"),
]
