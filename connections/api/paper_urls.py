"""Addresses of the papers of applications under /api/v1/."""

from django.urls import re_path

from . import papers

_PAPERS = r"^connections/(?P<reference>[0-9A-Za-z-]{1,16})/papers/"
_PAPER = rf"{_PAPERS}(?P<key>[0-9a-z_-]{{1,24}})/"

urlpatterns = [
    re_path(rf"{_PAPERS}$", papers.list_application_papers),
    re_path(rf"{_PAPER}hand-in/$", papers.hand_in_paper),
    re_path(rf"{_PAPER}judge/$", papers.judge_paper),
]
