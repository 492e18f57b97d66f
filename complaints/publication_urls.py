"""Answers for everybody: pages of colleagues and of everybody; part of this app's urls."""

from django.urls import URLPattern, path

from .views import answers, publications

_ONE = "staff/publications/<int:number>/"
_ACTS = {
    "rewrite": publications.rewrite,
    "propose": publications.propose,
    "send-back": publications.send_back,
    "publish": publications.publish,
    "withdraw": publications.withdraw,
    "drop": publications.drop,
}
urlpatterns: list[URLPattern] = [
    path("answers/", answers.answers, name="answers"),
    path("answers/feed/", answers.answers_feed, name="answers_feed"),
    path("answers/<int:number>/", answers.answer, name="answer"),
    path("answers/<int:number>/files/<int:file>/", answers.answer_file, name="answer_file"),
    path("staff/publications/", publications.publication_list, name="publication_list"),
    path("staff/publications/new/", publications.publication_new, name="publication_new"),
    path("staff/publications/new/<str:reference>/", publications.publication_new, name="publication_of_case"),
    path(_ONE, publications.publication, name="publication"),
    *(path(f"{_ONE}{word}/", view, name=f"publication_{word.replace('-', '_')}") for word, view in _ACTS.items()),
    path(f"{_ONE}files/", publications.add_file, name="publication_add_file"),
    path(f"{_ONE}files/<int:file>/", publications.publication_file, name="publication_file"),
    path(f"{_ONE}files/<int:file>/remove/", publications.remove_file, name="publication_remove_file"),
]
