"""Dispatchers' pages; part of this app's urls."""

from django.urls import URLPattern, path

from .views import dispatch

urlpatterns: list[URLPattern] = [
    path("staff/dispatch/", dispatch.dispatch, name="dispatch"),
    path("staff/dispatch/live/", dispatch.dispatch_live, name="dispatch_live"),
    path("staff/dispatch/visits/<int:pk>/", dispatch.visit_page, name="dispatch_visit"),
    path("staff/dispatch/visits/<int:pk>/send/", dispatch.send, name="dispatch_send"),
    path("staff/dispatch/visits/<int:pk>/call-in/", dispatch.call_in, name="dispatch_call_in"),
    path("staff/dispatch/visits/<int:pk>/recall/", dispatch.recall, name="dispatch_recall"),
    path("staff/dispatch/visits/<int:pk>/cancel/", dispatch.cancel, name="dispatch_cancel"),
]
