"""Stewards, mandates, and when somebody comes; part of this app's urls."""

from django.urls import URLPattern, path

from .views import mandates, stewards, visits

urlpatterns: list[URLPattern] = [
    path("staff/connections/mine/", stewards.my_portfolio, name="portfolio"),
    path("staff/connections/ageing/", stewards.ageing_page, name="ageing"),
    path("staff/connections/stewards/<str:number>/hand-over/", stewards.clear_desk, name="clear_desk"),
    path("staff/connections/<str:reference>/steward/", stewards.hand_over, name="hand_over"),
    path("staff/connections/<str:reference>/visit/<str:purpose>/", visits.case_visit, name="case_visit"),
    path("cabinet/connections/<str:reference>/visit/<str:purpose>/", visits.cabinet_visit, name="cabinet_visit"),
    path("track/connection/visit/<str:purpose>/", visits.tracked_visit, name="tracked_visit"),
    path("staff/connections/<str:reference>/mandate/", mandates.case_mandate, name="case_mandate"),
    path("staff/connections/<str:reference>/mandate/revoke/", mandates.case_mandate_revoke, name="case_mandate_revoke"),
    path("cabinet/connections/<str:reference>/mandate/", mandates.cabinet_mandate, name="cabinet_mandate"),
    path("cabinet/connections/<str:reference>/mandate/revoke/", mandates.cabinet_mandate_revoke, name="cabinet_mandate_revoke"),
    path("track/connection/mandate/", mandates.tracked_mandate, name="tracked_mandate"),
    path("track/connection/mandate/revoke/", mandates.tracked_mandate_revoke, name="tracked_mandate_revoke"),
]
