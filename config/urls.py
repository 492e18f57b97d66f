"""Which app answers where. Includes only."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from . import health

urlpatterns: list[URLPattern | URLResolver] = [
    # First: machines ask often, and need not wait until hundreds of pages have been looked through.
    path("api/", include("config.api")),
    path("", include("desk.urls")),
    path("", include("accounts.urls")),
    path("", include("billing.urls")),
    path("", include("fieldwork.urls")),
    path("", include("notices.urls")),
    path("", include("casework.urls")),
    path("", include("sla.urls")),
    path("", include("callbacks.urls")),
    path("", include("complaints.urls")),
    path("", include("connections.urls")),
    path("", include("repairs.urls")),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", health.metrics),
    path("auth/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
handler500 = "config.failures.broken"
