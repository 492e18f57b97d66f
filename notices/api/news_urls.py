"""Addresses of news under /api/v1/, for those who write them."""

from django.urls import URLPattern, path

from . import news

_ONE = "news/<int:news>/"
urlpatterns: list[URLPattern] = [
    path("news/write/", news.write_news),
    path(_ONE, news.get_news),
    path(f"{_ONE}rewrite/", news.rewrite_news),
    path(f"{_ONE}let-out/", news.let_news_out),
    path(f"{_ONE}approve/", news.approve_news),
    path(f"{_ONE}send-back/", news.send_news_back),
    path(f"{_ONE}withdraw/", news.withdraw_news),
    path(f"{_ONE}drop/", news.drop_news),
    path(f"{_ONE}correct/", news.correct),
    path(f"{_ONE}correction/apply/", news.apply_waiting),
    path(f"{_ONE}correction/refuse/", news.refuse_waiting),
]
