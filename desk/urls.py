"""Pages of this app."""

from django.urls import URLPattern, path

from .views import components, home

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("staff/components/", components.components, name="components"),
]
