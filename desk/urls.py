"""Pages of this app."""

from django.urls import URLPattern, path

from .views import home

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
]
