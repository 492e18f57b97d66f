"""Crews and visits in the back office, to look at: crews are planned and sent on their own pages. Parts and their prices are kept here."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

import accounts.permissions
from accounts.admin import WithHistory
from accounts.clock import business_now
from accounts.roles import Verb

from . import models


def _may_plan(request: HttpRequest) -> bool:
    return bool(accounts.permissions.may(accounts.permissions.check_verb, request.user, Verb.PLAN_CREWS, at=business_now()))


class _ToLookAt:
    """Open to whoever plans crews, whatever Django's own permissions say; nothing is written or deleted here."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _may_plan(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may_plan(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class _Members(_ToLookAt, admin.TabularInline):  # type: ignore[type-arg]
    model = models.CrewMember
    fields = ["staff", "is_leader", "since", "until"]


class _Offers(_ToLookAt, admin.TabularInline):  # type: ignore[type-arg]
    model = models.Offer
    fields = ["crew", "at", "lapses_at", "is_by_hand", "answer", "answered_at", "why"]


@admin.register(models.Crew)
class CrewAdmin(_ToLookAt, WithHistory):
    list_display = ["code", "name", "hall", "retired_at"]
    list_filter = ["hall"]
    search_fields = ["code", "name"]
    inlines = [_Members]


@admin.register(models.Visit)
class VisitAdmin(_ToLookAt, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["pk", "case", "purpose", "urgency", "status", "crew", "asked_at", "ended_at"]
    list_filter = ["status", "purpose", "urgency"]
    list_select_related = ["case", "crew"]
    search_fields = ["case__reference"]
    inlines = [_Offers]


@admin.register(models.Part)
class PartAdmin(_ToLookAt, WithHistory):
    """What a crew builds in. A price holds from now on: lines of work keep the one they were written with."""

    list_display = ["code", "name", "unit", "price", "retired_at"]
    search_fields = ["code", "name", "name_en", "name_ru"]
    fields = ["code", "name", "name_en", "name_ru", "unit", "price", "retired_at"]

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may_plan(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may_plan(request)
