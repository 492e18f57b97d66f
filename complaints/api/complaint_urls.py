"""Addresses of complaints under /api/v1/."""

from django.urls import URLPattern, path, re_path

from . import complaint_acts, complaints, inquiries

_ACTS = {
    "investigate": complaint_acts.investigate,
    "ask": complaint_acts.ask,
    "judge": complaint_acts.judge,
    "answer": complaint_acts.answer,
    "refuse": complaint_acts.refuse,
}
_ONE = r"^complaints/(?P<reference>[0-9A-Za-z-]{1,16})/"
urlpatterns: list[URLPattern] = [
    path("complaints/", complaints.list_complaints),
    path("complaints/complain/", complaints.complain),
    path("inquiries/", inquiries.list_inquiries),
    path("inquiries/<int:inquiry>/answer/", inquiries.answer_inquiry),
    re_path(rf"{_ONE}$", complaints.get_complaint),
    re_path(rf"{_ONE}works/(?P<work>[0-9]{{1,9}})/done/$", complaint_acts.work_done),
    *(re_path(rf"{_ONE}{word}/$", view) for word, view in _ACTS.items()),
]
