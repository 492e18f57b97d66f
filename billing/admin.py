"""Prices and limits for finance and administrators. A price is published once, ahead of its day, and then only looked at."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest

import accounts.permissions
from accounts.clock import business_date, business_now
from accounts.roles import Verb

from . import models, operations
from .limits import Limits
from .refusals import BadTariff
from .tariffs import BadSteps, Step, check_steps


def _may_edit(request: HttpRequest) -> bool:
    return bool(accounts.permissions.may(accounts.permissions.check_verb, request.user, Verb.EDIT_TARIFFS, at=business_now()))


class _ForFinance:
    """Open to whoever may edit tariffs, whatever Django's own permissions say. Nothing is deleted."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _may_edit(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may_edit(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may_edit(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def _steps(formset: Any) -> list[Step]:
    rows = [row for row in formset.cleaned_data if row]
    return [Step(n, row["upper_litres"], row["unit_price"], row["extra_person_litres"]) for n, row in enumerate(rows, start=1)]


class _TierFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        try:
            check_steps(_steps(self))
        except BadSteps:
            raise ValidationError(str(BadTariff("steps"))) from None


class _Tiers(_ForFinance, admin.TabularInline):  # type: ignore[type-arg]
    model = models.Tier
    formset = _TierFormSet
    exclude = ["number"]
    extra = 3


class _VersionForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean(self) -> None:
        super().clean()
        tariff, day = self.cleaned_data.get("tariff"), self.cleaned_data.get("effective_from")
        if tariff is None or day is None:
            return
        if tariff.versions.filter(effective_from=day).exists():
            raise ValidationError(str(BadTariff("taken")))
        if tariff.versions.exists() and day <= business_date(business_now()):
            raise ValidationError(str(BadTariff("past")))


@admin.register(models.TariffVersion)
class TariffVersionAdmin(_ForFinance, admin.ModelAdmin):  # type: ignore[type-arg]
    form = _VersionForm
    inlines = [_Tiers]
    list_display = ["tariff", "number", "effective_from", "decision", "created_at", "created_by"]
    list_filter = ["tariff"]
    exclude = ["number", "created_at", "created_by"]

    def save_model(self, request: HttpRequest, obj: models.TariffVersion, form: Any, change: bool) -> None:
        """Version and tiers are published in one operation, when the tiers are known too."""

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        facts = {name: value for name, value in form.cleaned_data.items() if name != "tariff"}
        new = operations.NewVersion(**facts, steps=_steps(formsets[0]))
        made = operations.publish_tariff(tariff=form.cleaned_data["tariff"], new=new, by=request.user, at=business_now())
        form.instance.pk = made.pk

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> list[dict[str, Any]]:
        return [{"added": {}}]


@admin.register(models.Tariff)
class TariffAdmin(_ForFinance, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "price_class"]


@admin.register(models.PurchaseLimit)
class PurchaseLimitAdmin(_ForFinance, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["price_class", "order_litres", "month_litres", "year_litres"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """A limit stays with its class: the same row for another one would leave the first without a limit, unsaid."""
        return ["price_class"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _may_edit(request)

    def save_model(self, request: Any, obj: models.PurchaseLimit, form: Any, change: bool) -> None:
        new = Limits(order=obj.order_litres, month=obj.month_litres, year=obj.year_litres)
        obj.pk = operations.set_purchase_limit(price_class=obj.price_class, new=new, by=request.user, at=business_now()).pk
