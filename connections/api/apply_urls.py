"""Addresses of applications for gas under /api/v1/."""

from django.urls import path, re_path

from . import applications, merging

urlpatterns = [
    path("connections/", applications.list_applications),
    path("connections/apply/", applications.apply_for_gas),
    re_path(r"^connections/(?P<reference>[0-9A-Za-z-]{1,16})/$", applications.get_application),
    re_path(r"^connections/(?P<reference>[0-9A-Za-z-]{1,16})/merge/$", merging.merge_application),
]
