"""Addresses of the public site: news, the section for clients, and what machines look for."""

from django.urls import URLPattern, path

from .views import clients, news

urlpatterns: list[URLPattern] = [
    path("clients/", clients.clients, name="clients"),
    path("clients/forms/<slug:language>/<slug:code>.pdf", clients.paper_form, name="paper_form"),
    path("clients/services/<slug:who>/<slug:code>/", clients.clients_service, name="clients_service"),
    path("clients/<slug:code>/", clients.clients_page, name="clients_page"),
    path("news/", news.news, name="news"),
    path("news/<int:pk>/", news.news_item, name="news_item"),
    path("news/in/<int:year>/", news.news, name="news_year"),
    path("news.atom", news.feed, name="news_feed"),
    path("robots.txt", clients.robots, name="robots"),
    path("sitemap.xml", clients.sitemap, name="sitemap"),
]
