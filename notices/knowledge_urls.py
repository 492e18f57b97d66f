"""Addresses of the knowledge base: what everybody reads, and what colleagues keep."""

from django.urls import URLPattern, path

from .views import knowledge_acts, knowledge_public, knowledge_questions, knowledge_staff, synonyms

_STAFF = "staff/knowledge/"
_ARTICLE = f"{_STAFF}articles/<slug:slug>/"
_TEXT = f"{_ARTICLE}<slug:language>/"
_QUESTION = f"{_STAFF}questions/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("help/", knowledge_public.help_home, name="help"),
    path("help/search/", knowledge_public.help_search, name="help_search"),
    path("help/in/<slug:section>/", knowledge_public.help_section, name="help_section"),
    path("help/<slug:slug>/", knowledge_public.help_article, name="help_article"),
    path("help/<slug:slug>/feedback/", knowledge_public.help_feedback, name="help_feedback"),
    path(_STAFF, knowledge_staff.knowledge_list, name="knowledge"),
    path(f"{_STAFF}search/", knowledge_staff.knowledge_search, name="knowledge_search"),
    path(f"{_STAFF}new/", knowledge_staff.knowledge_new, name="knowledge_new"),
    path(f"{_STAFF}feedback/<int:pk>/settle/", knowledge_acts.feedback_settle, name="feedback_settle"),
    path(f"{_STAFF}words/", synonyms.synonym_list, name="synonyms"),
    path(f"{_STAFF}words/add/", synonyms.synonym_add, name="synonym_add"),
    path(f"{_STAFF}words/table/", synonyms.synonym_table, name="synonym_table"),
    path(f"{_STAFF}words/<int:pk>/remove/", synonyms.synonym_remove, name="synonym_remove"),
    path(f"{_STAFF}questions/", knowledge_questions.question_list, name="questions"),
    path(f"{_STAFF}questions/ask/", knowledge_questions.question_ask, name="question_ask"),
    path(_QUESTION, knowledge_questions.question_detail, name="question"),
    path(f"{_QUESTION}answer/", knowledge_questions.question_answer, name="question_answer"),
    path(f"{_QUESTION}drop/", knowledge_questions.question_drop, name="question_drop"),
    path(_ARTICLE, knowledge_staff.knowledge_article, name="knowledge_article"),
    path(f"{_ARTICLE}reviewed/", knowledge_acts.article_reviewed, name="article_reviewed"),
    path(f"{_ARTICLE}changed/", knowledge_acts.article_changed, name="article_changed"),
    path(f"{_ARTICLE}withdraw/", knowledge_acts.article_withdraw, name="article_withdraw"),
    path(f"{_TEXT}draft/", knowledge_acts.text_draft, name="text_draft"),
    path(f"{_TEXT}offer/", knowledge_acts.text_offer, name="text_offer"),
    path(f"{_TEXT}publish/", knowledge_acts.text_publish, name="text_publish"),
    path(f"{_TEXT}send-back/", knowledge_acts.text_send_back, name="text_send_back"),
    path(f"{_TEXT}discard/", knowledge_acts.text_discard, name="text_discard"),
]
