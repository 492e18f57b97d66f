"""Addresses of plans and of the stages of applications under /api/v1/."""

from django.urls import path, re_path

from . import plans, stage_acts, stages

_APPLICATION = r"^connections/(?P<reference>[0-9A-Za-z-]{1,16})/"
_STAGE = rf"{_APPLICATION}stages/(?P<key>[0-9a-z_-]{{1,24}})/"

urlpatterns = [
    path("connection-plans/", plans.list_plans),
    re_path(r"^connection-plans/(?P<kind>[a-z_]{1,16})/(?P<version>[0-9]{1,4})/$", plans.get_plan),
    re_path(rf"{_APPLICATION}stages/$", stages.list_stages),
    re_path(rf"{_STAGE}begin/$", stage_acts.begin_stage),
    re_path(rf"{_STAGE}finish/$", stage_acts.finish_stage),
    re_path(rf"{_STAGE}skip/$", stage_acts.skip_stage),
    re_path(rf"{_STAGE}turn/$", stage_acts.turn_stage),
    re_path(rf"{_STAGE}move/$", stage_acts.move_stage),
    re_path(rf"{_APPLICATION}day/$", stage_acts.agree_gas_day),
    re_path(rf"{_APPLICATION}way/$", stage_acts.choose_way),
]
