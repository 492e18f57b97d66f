"""Urls of Open311; part of this app's urls. Each with ``.json``, ``.xml`` or neither."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from . import views
from .documents import FORMATS

_ROUTES = {
    "open311/discovery": (views.discovery, "open311_discovery"),
    "open311/v2/services": (views.service_list, "open311_services"),
    "open311/v2/services/<slug:code>": (views.service, "open311_service"),
    "open311/v2/requests": (views.request_list, "open311_requests"),
    "open311/v2/requests/<slug:reference>": (views.request_detail, "open311_request"),
    "open311/v2/tokens/<slug:token>": (views.token, "open311_token"),
}


def _paths() -> Iterator[URLPattern]:
    for route, (view, name) in _ROUTES.items():
        yield path(route, view, name=name)
        for form in FORMATS:
            yield path(f"{route}.{form}", view, {"form": form}, name=f"{name}_{form}")


urlpatterns: list[URLPattern] = list(_paths())
