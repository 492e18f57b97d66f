"""Addresses of the front office under /api/v1/."""

from django.urls import path, re_path

from . import hall_appointments, hotline, news, wechat_menu

_CALL = r"^hotline/calls/(?P<reference>[0-9A-Z]{1,14})"
_HALL = r"^hall-appointments/(?P<reference>[0-9A-Za-z-]{1,16})"

urlpatterns = [
    path("hotline/events/", hotline.tell_call),
    path("hotline/lines/", hotline.tell_line),
    re_path(rf"{_CALL}/$", hotline.get_call),
    re_path(rf"{_CALL}/save/$", hotline.save_call),
    path("hall-appointments/", hall_appointments.list_hall_appointments),
    path("hall-appointments/book/", hall_appointments.book_hall_appointment),
    path("hall-appointments/services/", hall_appointments.list_hall_services),
    path("hall-appointments/times/", hall_appointments.list_hall_times),
    re_path(rf"{_HALL}/$", hall_appointments.get_hall_appointment),
    re_path(rf"{_HALL}/move/$", hall_appointments.move_hall_appointment),
    re_path(rf"{_HALL}/cancel/$", hall_appointments.cancel_hall_appointment),
    re_path(rf"{_HALL}/note/$", hall_appointments.note_hall_appointment),
    path("news/", news.list_news),
    path("wechat/menu/", wechat_menu.get_wechat_menu),
]
