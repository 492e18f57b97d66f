"""Addresses of news, of pages that people keep, and of useful links, for staff; what everybody reads is put together by the desk."""

from django.urls import URLPattern, path

from .views import news, site_pages, useful_links
from .views import news_acts as acts

_NEWS = "staff/news/<int:pk>/"
_CORRECTION = f"{_NEWS}corrections/<int:number>/"
_PAGE = "staff/site/<slug:code>/"
_LINK = "staff/site/links/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("staff/news/", news.news_list, name="news_list"),
    path("staff/news/new/", news.news_new, name="news_new"),
    path(_NEWS, news.news, name="news"),
    path(f"{_NEWS}change/", news.news_change, name="news_change"),
    path(f"{_NEWS}correct/", news.news_correct, name="news_correct"),
    path(f"{_NEWS}let-out/", acts.news_let_out, name="news_let_out"),
    path(f"{_NEWS}approve/", acts.news_approve, name="news_approve"),
    path(f"{_NEWS}send-back/", acts.news_send_back, name="news_send_back"),
    path(f"{_NEWS}withdraw/", acts.news_withdraw, name="news_withdraw"),
    path(f"{_NEWS}drop/", acts.news_drop, name="news_drop"),
    path(f"{_NEWS}changed/", acts.news_changed, name="news_changed"),
    path(f"{_CORRECTION}apply/", acts.correction_apply, name="correction_apply"),
    path(f"{_CORRECTION}refuse/", acts.correction_refuse, name="correction_refuse"),
    path("staff/site/", site_pages.site_pages, name="site_pages"),
    path("staff/site/links/", useful_links.link_list, name="link_list"),
    path("staff/site/links/new/", useful_links.link_new, name="link_new"),
    path(_LINK, useful_links.link_change, name="link_change"),
    path(f"{_LINK}checked/", useful_links.link_checked, name="link_checked"),
    path(f"{_LINK}remove/", useful_links.link_remove, name="link_remove"),
    path(f"{_PAGE}changed/", site_pages.page_changed, name="page_changed"),
    path(f"{_PAGE}confirm/", site_pages.page_confirm, name="page_confirm"),
]
