"""Addresses of messages under /api/v1/."""

from django.urls import path

from . import announcement_urls, knowledge, knowledge_questions, news_urls, notifications, webhooks, wishes

urlpatterns = [
    *announcement_urls.urlpatterns,
    *news_urls.urlpatterns,
    path("knowledge/articles/", knowledge.list_articles),
    path("knowledge/articles/<slug:article>/", knowledge.read_article),
    path("knowledge/articles/<slug:article>/feedback/", knowledge.say_whether_it_helped),
    path("knowledge/questions/", knowledge_questions.list_questions),
    path("knowledge/questions/ask/", knowledge_questions.ask_department),
    path("knowledge/questions/<int:question>/answer/", knowledge_questions.answer_question),
    path("knowledge/search/", knowledge.search_knowledge),
    path("accounts/<str:number>/wanted/", wishes.list_wanted),
    path("accounts/<str:number>/wanted/change/", wishes.change_wanted),
    path("unsubscribe/<str:token>/", wishes.read_way_out),
    path("unsubscribe/<str:token>/change/", wishes.use_way_out),
    path("me/notifications/", notifications.list_notifications),
    path("me/notifications/read/", notifications.read_notifications),
    path("webhooks/", webhooks.list_webhooks),
    path("webhooks/subscribe/", webhooks.subscribe),
    path("webhooks/<int:webhook>/", webhooks.read_webhook),
    path("webhooks/<int:webhook>/calls/", webhooks.list_calls),
    path("webhooks/<int:webhook>/change/", webhooks.change_webhook),
    path("webhooks/<int:webhook>/rotate/", webhooks.rotate_secret),
    path("webhooks/<int:webhook>/switch-off/", webhooks.switch_off),
    path("webhooks/<int:webhook>/switch-on/", webhooks.switch_on),
    path("webhooks/<int:webhook>/test/", webhooks.send_test),
]
