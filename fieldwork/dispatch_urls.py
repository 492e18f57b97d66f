"""Dispatchers' pages; part of this app's urls."""

from django.urls import URLPattern, path

from .views import dispatch, dispatch_visit

urlpatterns: list[URLPattern] = [
    path("staff/dispatch/", dispatch.dispatch, name="dispatch"),
    path("staff/dispatch/live/", dispatch.dispatch_live, name="dispatch_live"),
    path("staff/dispatch/visits/<int:pk>/", dispatch_visit.visit_page, name="dispatch_visit"),
    path("staff/dispatch/visits/<int:pk>/send/", dispatch_visit.send, name="dispatch_send"),
    path("staff/dispatch/visits/<int:pk>/call-in/", dispatch_visit.call_in, name="dispatch_call_in"),
    path("staff/dispatch/visits/<int:pk>/recall/", dispatch_visit.recall, name="dispatch_recall"),
    path("staff/dispatch/visits/<int:pk>/radio/", dispatch_visit.write_down, name="dispatch_radio"),
    path("staff/dispatch/visits/<int:pk>/cancel/", dispatch_visit.cancel, name="dispatch_cancel"),
]
