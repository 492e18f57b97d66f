"""Papers, for applicants and for staff; part of this app's urls."""

from django.urls import URLPattern, path

from .views import my_papers, papers

_PAPER = "staff/connections/<str:reference>/papers/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("cabinet/connections/<str:reference>/papers/<int:pk>/", my_papers.cabinet_paper, name="cabinet_paper"),
    path("track/connection/papers/<int:pk>/", my_papers.tracked_paper, name="tracked_paper"),
    path(_PAPER, papers.case_paper, name="case_paper"),
    path(f"{_PAPER}hand-in/", papers.case_paper_hand_in, name="case_paper_hand_in"),
    path(f"{_PAPER}versions/<int:version>/picture/", papers.case_paper_picture, name="case_paper_picture"),
    path("staff/connections/<str:reference>/missing/", papers.case_missing, name="case_missing"),
]
