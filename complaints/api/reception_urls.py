"""Addresses of the virtual reception under /api/v1/."""

from django.urls import path, re_path

from . import reception_letters as letters
from . import reception_services as services

_LETTER = r"^reception/letters/(?P<reference>[0-9A-Za-z-]{1,16})"
_SERVICE = r"^reception/services/(?P<reference>[0-9A-Za-z-]{1,16})"

urlpatterns = [
    path("reception/letters/", letters.list_letters),
    path("reception/letters/send/", letters.send_letter),
    re_path(rf"{_LETTER}/$", letters.get_letter),
    re_path(rf"{_LETTER}/answer/$", letters.answer),
    re_path(rf"{_LETTER}/ask/$", letters.ask),
    re_path(rf"{_LETTER}/decline/$", letters.decline),
    re_path(rf"{_LETTER}/direction-answer/$", letters.direction_answer),
    re_path(rf"{_LETTER}/forward/$", letters.forward),
    re_path(rf"{_LETTER}/tell-date/$", letters.tell_date),
    path("reception/services/", services.list_service_applications),
    path("reception/services/apply/", services.apply_for_service),
    re_path(rf"{_SERVICE}/$", services.get_service_application),
    re_path(rf"{_SERVICE}/agree/$", services.agree),
    re_path(rf"{_SERVICE}/details/$", services.give_details),
    re_path(rf"{_SERVICE}/finish/$", services.finish),
    re_path(rf"{_SERVICE}/missing/$", services.missing),
    re_path(rf"{_SERVICE}/route/$", services.route),
]
