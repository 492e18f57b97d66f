"""Pages of this app."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "complaints"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("complaints.complaint_urls")),
    path("", include("complaints.publication_urls")),
    path("", include("complaints.reception_urls")),
]
