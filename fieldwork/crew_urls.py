"""The crew's phone, and the badge at the door; part of this app's urls."""

from django.urls import URLPattern, path

from .views import badges, phone, refused

urlpatterns: list[URLPattern] = [
    path("crew/", phone.visit_list, name="phone_list"),
    path("crew/offline/", phone.offline, name="phone_offline"),
    path("crew/visits/<int:pk>/", phone.visit_detail, name="phone_visit"),
    path("crew/visits/<int:pk>/contact/", phone.visit_contact, name="phone_contact"),
    path("crew/visits/<int:pk>/work/<int:line>/strike/", phone.work_strike, name="phone_strike"),
    path("crew/visits/<int:pk>/<slug:step>/", phone.visit_step, name="phone_step"),
    path("crew/worker.js", phone.worker, name="phone_worker"),
    path("badge/", badges.badge_check, name="badge_check"),
    path("badge/photos/<str:pass_>/", badges.badge_photo, name="badge_photo"),
    path("staff/phones/refused/", refused.refused_list, name="refused_list"),
    path("staff/phones/refused/<int:pk>/seen/", refused.refused_seen, name="refused_seen"),
]
