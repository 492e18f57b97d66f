"""The REST API: versioned, one url per verb. Includes only."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularSwaggerSplitView

from accounts.api.fallback import nothing_here
from accounts.api.schema import SchemaView

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include("accounts.api.urls")),
    path("v1/", include("billing.api.urls")),
    path("v1/", include("callbacks.api.follow_up_urls")),
    path("v1/", include("casework.api.urls")),
    path("v1/", include("complaints.api.complaint_urls")),
    path("v1/", include("complaints.api.publication_urls")),
    path("v1/", include("complaints.api.reception_urls")),
    path("v1/", include("connections.api.apply_urls")),
    path("v1/", include("connections.api.offer_urls")),
    path("v1/", include("connections.api.paper_urls")),
    path("v1/", include("connections.api.stage_urls")),
    path("v1/", include("connections.api.steward_urls")),
    path("v1/", include("connections.api.works_urls")),
    path("v1/", include("desk.api.urls")),
    path("v1/", include("fieldwork.api.appointment_urls")),
    path("v1/", include("fieldwork.api.phone_urls")),
    path("v1/", include("fieldwork.api.urls")),
    path("v1/", include("notices.api.urls")),
    path("v1/", include("repairs.api.report_urls")),
    path("v1/", include("repairs.api.outage_urls")),
    path("v1/", include("sla.api.urls")),
    path("schema/", SchemaView.as_view(), name="api_schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api_schema"), name="api_docs"),
    re_path("", nothing_here),
]
