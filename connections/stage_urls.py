"""What staff do with stages."""

from django.urls import path

from .views import stages

_STAGE = "staff/connections/<str:reference>/stages/<int:pk>/"
urlpatterns = [
    path(f"{_STAGE}begin/", stages.begin, name="stage_begin"),
    path(f"{_STAGE}finish/", stages.finish, name="stage_finish"),
    path(f"{_STAGE}skip/", stages.skip, name="stage_skip"),
    path(f"{_STAGE}turn/", stages.turn, name="stage_turn"),
    path(f"{_STAGE}promise/", stages.promise, name="stage_promise"),
    path("staff/connections/<str:reference>/day/", stages.agree_day, name="agree_day"),
    path("staff/connections/<str:reference>/way/", stages.choose_way, name="choose_way"),
]
