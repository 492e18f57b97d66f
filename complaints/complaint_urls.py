"""Pages of complaints; part of this app's urls."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
