"""Pages of this app."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "repairs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("repairs.outage_urls")),
    path("", include("repairs.report_urls")),
    path("", include("repairs.open311.urls")),
]
