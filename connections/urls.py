"""Pages of this app."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "connections"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("connections.apply_urls")),
    path("", include("connections.intake_urls")),
    path("", include("connections.notice_urls")),
    path("", include("connections.paper_urls")),
    path("", include("connections.plan_urls")),
    path("", include("connections.offer_urls")),
    path("", include("connections.stage_urls")),
    path("", include("connections.works_urls")),
    path("", include("connections.steward_urls")),
]
