"""Addresses of the public site: news, the section for clients, and what machines look for."""

from django.urls import URLPattern, path

from .views import news

urlpatterns: list[URLPattern] = [
    path("news/", news.news, name="news"),
    path("news/<int:pk>/", news.news_item, name="news_item"),
    path("news/in/<int:year>/", news.news, name="news_year"),
    path("news.atom", news.feed, name="news_feed"),
]
