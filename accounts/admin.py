"""The back office for administrators: territory, halls, service areas and staff, with history. Sign-in goes through ours."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.shortcuts import redirect
from simple_history.admin import SimpleHistoryAdmin

from . import models, operations, permissions
from .clock import business_now
from .roles import Verb

# Django's own form knows no second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


def _change_password(request: HttpRequest, extra_context: Any = None) -> Any:
    """Ours ends the devices' tokens too."""
    return redirect("account_change_password")


admin.site.password_change = _change_password  # type: ignore[method-assign]


class ForAdministrators(admin.ModelAdmin):  # type: ignore[type-arg]
    """Open to whoever may manage staff, whatever Django's own permissions say; nothing is deleted here."""

    def _may(self, request: HttpRequest) -> bool:
        return bool(permissions.may(permissions.check_verb, request.user, Verb.MANAGE_STAFF, at=business_now()))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnly(ForAdministrators):
    """To look at."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class WithHistory(SimpleHistoryAdmin):
    """The past is looked at, not brought back: that would go round the operations, and round ReadOnly."""

    def revert_disabled(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST":
            raise PermissionDenied
        return super().history_form_view(request, *args, **kwargs)


class _Inline(admin.TabularInline):  # type: ignore[type-arg]
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(permissions.may(permissions.check_verb, request.user, Verb.MANAGE_STAFF, at=business_now()))

    has_add_permission = has_view_permission
    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission


class _Hours(_Inline):
    model = models.HallHours


class _Counters(_Inline):
    model = models.Counter
    can_delete = False


@admin.register(models.Territory)
class TerritoryAdmin(ForAdministrators, WithHistory):
    """Names and places change through operations, so that paths and addresses follow."""

    list_display = ["name", "level", "parent", "code", "area"]
    list_filter = ["level"]
    search_fields = ["name", "code"]
    raw_id_fields = ["parent"]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (operations.NameTaken, operations.WouldLoop, operations.AreasOverlap) as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return redirect(request.path)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        # A province does not become a house: what hangs below it would be larger than itself.
        return ["level"] if obj else []

    def save_model(self, request: Any, obj: models.Territory, form: Any, change: bool) -> None:
        at = business_now()
        if not change:
            place = operations.NewPlace(level=obj.level, name=obj.name, code=obj.code, area=obj.area)
            made = operations.add_node(parent=obj.parent, place=place, by=request.user, at=at)
            obj.pk, obj.path = made.pk, made.path
            return
        before = models.Territory.objects.get(pk=obj.pk)
        name, parent, obj.name, obj.parent, obj.path = obj.name, obj.parent, before.name, before.parent, before.path
        super().save_model(request, obj, form, change)
        if name != before.name:
            operations.rename_node(node=obj, name=name, by=request.user, at=at)
        if parent != before.parent:
            operations.move_node(node=obj, parent=parent, by=request.user, at=at)


@admin.register(models.Hall)
class HallAdmin(ForAdministrators, WithHistory):
    list_display = ["code", "name", "kind", "phone"]
    search_fields = ["code", "name"]
    raw_id_fields = ["territory"]
    inlines = [_Hours, _Counters]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        assert isinstance(request.user, models.User)
        operations.keep_week(hall=form.instance, by=request.user, at=business_now())


class _AreaForm(ModelForm):  # type: ignore[type-arg]
    def clean(self) -> None:
        super().clean()
        nodes = self.cleaned_data.get("territories") or ()
        try:
            operations.check_area_fits(name=self.cleaned_data.get("name", ""), nodes=nodes, but=self.instance.pk)
        except operations.AreasOverlap as refusal:
            raise ValidationError(str(refusal)) from refusal


@admin.register(models.ServiceArea)
class ServiceAreaAdmin(ForAdministrators, WithHistory):
    form = _AreaForm
    list_display = ["name", "hall"]
    raw_id_fields = ["territories"]


@admin.register(models.Staff)
class StaffAdmin(ForAdministrators, WithHistory):
    """Hiring, roles and leaving are verbs of /staff/people/; here name, number and hall are put right."""

    list_display = ["number", "name", "hall", "left_at"]
    search_fields = ["number", "name"]
    readonly_fields = ["user", "left_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(models.RoleGrant)
class RoleGrantAdmin(ReadOnly, WithHistory):
    list_display = ["staff", "role", "since", "until"]
    list_filter = ["role"]


@admin.register(models.Disclosure)
class DisclosureAdmin(ReadOnly):
    """Who looked at whose personal data."""

    list_display = ["at", "staff_name", "customer_id"]
    fields = ["at", "staff_name", "by"]
