"""Addresses of cases under /api/v1/."""

from django.urls import path, re_path

from . import acts, cases, files, papers

_CASE = r"^cases/(?P<reference>[0-9A-Za-z-]{1,16})"

urlpatterns = [
    path("cases/", cases.list_cases),
    path("cases/open/", cases.open_case),
    path("cases/search/", cases.search_cases),
    re_path(rf"{_CASE}/$", cases.get_case),
    re_path(rf"{_CASE}/accept/$", acts.accept_case),
    re_path(rf"{_CASE}/answer/$", acts.answer_case),
    re_path(rf"{_CASE}/assign/$", acts.assign_case),
    re_path(rf"{_CASE}/cancel/$", acts.cancel_case),
    re_path(rf"{_CASE}/close/$", acts.close_case),
    re_path(rf"{_CASE}/contacts/$", acts.record_contact),
    re_path(rf"{_CASE}/decline/$", acts.decline_case),
    re_path(rf"{_CASE}/files/$", files.list_files),
    re_path(rf"{_CASE}/files/add/$", files.attach_file),
    re_path(rf"{_CASE}/files/(?P<token>[0-9a-f]{{1,32}})/$", files.get_file),
    re_path(rf"{_CASE}/papers/missing/$", papers.return_papers),
    re_path(rf"{_CASE}/papers/received/$", papers.receive_papers),
    re_path(rf"{_CASE}/papers/complete/$", papers.complete_papers),
    re_path(rf"{_CASE}/reopen/$", acts.reopen_case),
    re_path(rf"{_CASE}/transfer/$", acts.transfer_case),
]
