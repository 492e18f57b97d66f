"""Addresses of the public list of kiosks under /api/v1/kiosks/."""

from django.urls import path

from . import kiosk_list

urlpatterns = [
    path("", kiosk_list.list_kiosks),
    path("nearest/", kiosk_list.find_kiosks),
]
