"""Addresses of the front office under /api/v1/."""

from django.urls import path, re_path

from . import hotline, wechat_menu

_CALL = r"^hotline/calls/(?P<reference>[0-9A-Z]{1,14})"

urlpatterns = [
    path("hotline/events/", hotline.tell_call),
    path("hotline/lines/", hotline.tell_line),
    re_path(rf"{_CALL}/$", hotline.get_call),
    re_path(rf"{_CALL}/save/$", hotline.save_call),
    path("wechat/menu/", wechat_menu.get_wechat_menu),
]
