"""Addresses of promises under /api/v1/."""

from django.urls import path, re_path

from . import explaining, promises

urlpatterns = [
    path("promises/", promises.list_promises),
    path("promises/explain/", explaining.explain_promise),
    re_path(r"^cases/(?P<reference>[0-9A-Za-z-]{1,16})/promises/$", explaining.list_case_promises),
]
