"""Addresses of announcements: what everybody reads, and what staff write."""

from django.urls import URLPattern, path

from .views import announcement_acts as acts
from .views import announcement_public, announcements

_STAFF = "staff/announcements/"
_ONE = f"{_STAFF}<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("announcements/", announcement_public.public_page, name="public_announcements"),
    path("announcements.atom", announcement_public.feed, name="public_announcements_feed"),
    path(_STAFF, announcements.announcement_list, name="announcements"),
    path(f"{_STAFF}new/", announcements.announcement_new, name="announcement_new"),
    path(_ONE, announcements.announcement, name="announcement"),
    path(f"{_ONE}change/", announcements.announcement_change, name="announcement_change"),
    path(f"{_ONE}schedule/", acts.schedule, name="announcement_schedule"),
    path(f"{_ONE}approve/", acts.approve, name="announcement_approve"),
    path(f"{_ONE}send-back/", acts.send_back, name="announcement_send_back"),
    path(f"{_ONE}move/", acts.move, name="announcement_move"),
    path(f"{_ONE}cancel/", acts.cancel, name="announcement_cancel"),
    path(f"{_ONE}again/", acts.again, name="announcement_again"),
]
