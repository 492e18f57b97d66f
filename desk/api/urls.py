"""Addresses of the front office under /api/v1/."""

from django.urls import path

from . import wechat_menu

urlpatterns = [
    path("wechat/menu/", wechat_menu.get_wechat_menu),
]
