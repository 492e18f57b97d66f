"""Pages of this app."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "fieldwork"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("fieldwork.crew_urls")),
    path("", include("fieldwork.dispatch_urls")),
    path("", include("fieldwork.plan_urls")),
    path("", include("fieldwork.appointment_urls")),
]
