"""The one-time notice, and what it takes for who thinks of applying."""

from django.urls import path

from .views import notices

urlpatterns = [
    path("apply/guide/<slug:kind>/", notices.guide, name="guide"),
    path("staff/connections/<str:reference>/notice/", notices.case_notice, name="case_notice"),
    path("staff/connections/<str:reference>/notices/<int:pk>/", notices.case_notice_given, name="case_notice_given"),
    path("staff/connections/<str:reference>/notices/<int:pk>/pdf/", notices.case_notice_pdf, name="case_notice_pdf"),
    path("cabinet/connections/<str:reference>/notices/<int:pk>/", notices.cabinet_notice_given, name="cabinet_notice_given"),
    path("cabinet/connections/<str:reference>/notices/<int:pk>/pdf/", notices.cabinet_notice_pdf, name="cabinet_notice_pdf"),
    path("track/connection/notices/<int:pk>/", notices.tracked_notice_given, name="tracked_notice_given"),
    path("track/connection/notices/<int:pk>/pdf/", notices.tracked_notice_pdf, name="tracked_notice_pdf"),
]
