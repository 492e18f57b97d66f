"""Money in the back office: to look at and never to touch; it moves through operations alone."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

import accounts.permissions
from accounts.clock import business_now
from accounts.roles import Verb
from billing import models


class _ToLookAt(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_module_permission(self, request: HttpRequest) -> bool:
        at = business_now()
        return any(accounts.permissions.may(accounts.permissions.check_verb, request.user, verb, at=at) for verb in _READERS)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


_READERS = (Verb.SEE_LEDGER, Verb.MANAGE_STAFF)


@admin.register(models.TopUp)
class TopUpAdmin(_ToLookAt):
    list_display = ["reference", "status", "litres", "amount", "paid_at"]
    list_filter = ["status", "kind", "channel"]
    search_fields = ["reference"]
    exclude = ["idempotency_key"]


@admin.register(models.Receipt)
class ReceiptAdmin(_ToLookAt):
    list_display = ["hall", "year", "number", "kind", "amount", "issued_at"]
    exclude = ["facts", "code"]


@admin.register(models.Posting)
class PostingAdmin(_ToLookAt):
    list_display = ["pk", "at"]
