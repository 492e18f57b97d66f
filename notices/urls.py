"""Pages of this app."""

from django.urls import URLPattern, path

from . import views

app_name = "notices"
urlpatterns: list[URLPattern] = [
    path("staff/messages/", views.message_list, name="message_list"),
    path("staff/messages/<path:key>/resend/", views.message_resend, name="message_resend"),
]
