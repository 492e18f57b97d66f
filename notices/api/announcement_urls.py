"""Addresses of announcements under /api/v1/."""

from django.urls import URLPattern, path

from . import announcements

_ONE = "announcements/<int:announcement>/"
urlpatterns: list[URLPattern] = [
    path("announcements/", announcements.list_announcements),
    path("announcements/write/", announcements.write_announcement),
    path(_ONE, announcements.get_announcement),
    path(f"{_ONE}schedule/", announcements.schedule),
    path(f"{_ONE}approve/", announcements.approve),
    path(f"{_ONE}send-back/", announcements.send_back),
    path(f"{_ONE}move/", announcements.move),
    path(f"{_ONE}cancel/", announcements.cancel),
    path(f"{_ONE}again/", announcements.again),
]
