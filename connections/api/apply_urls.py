"""Addresses of applications for gas under /api/v1/."""

from django.urls import path, re_path

from . import applications

urlpatterns = [
    path("connections/", applications.list_applications),
    path("connections/apply/", applications.apply_for_gas),
    re_path(r"^connections/(?P<reference>[0-9A-Za-z-]{1,16})/$", applications.get_application),
]
