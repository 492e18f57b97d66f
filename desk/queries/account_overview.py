"""Everything about one account on one page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

import accounts.permissions
import accounts.queries
import billing.queries
from accounts.models import Account, Binding, User, WeChatLink
from accounts.roles import Verb
from notices.models import Message

from .cabinet import position, waiting


@dataclass(frozen=True)
class Doors:
    """Which buttons of the page open for this reader; the others are grey and say why."""

    edit: accounts.permissions.Allowed
    reveal: accounts.permissions.Allowed
    register: accounts.permissions.Allowed
    freeze: accounts.permissions.Allowed
    sell: accounts.permissions.Allowed


def overview(account: Account, *, user: User, at: datetime) -> dict[str, Any]:
    """Customer, premises, meters, cards, money, purchases, messages, cabinet users and changes."""
    return {
        "account": account,
        "customer": account.customer,
        "doors": _doors(user, at),
        "phones": list(account.customer.phones.order_by("-is_primary", "pk")),
        "other_accounts": list(account.customer.accounts.exclude(pk=account.pk).select_related("premises")[:10]),
        "service_area": accounts.queries.service_area_of(account.premises.territory),
        "meters": list(account.meters.order_by("removed_at", "-installed_at")),
        "cards": list(account.cards.order_by("ended_at", "-issued_at")),
        "position": position(account, at=at),
        "waiting": waiting(account),
        "purchases": list(billing.queries.purchases(account)[:10]),
        "sent": list(Message.objects.filter(customer_id=account.customer_id).order_by("-created_at")[:10]),
        "bindings": list(_bindings(account)),
        "changes": accounts.queries.changes_of(account, limit=20),
        "now": at,
    }


def _bindings(account: Account) -> QuerySet[Binding]:
    """Whose cabinets it is in; ``has_wechat``: a WeChat opens that cabinet."""
    living = WeChatLink.objects.filter(user=OuterRef("user"), unlinked_at__isnull=True)
    return Binding.objects.filter(account=account, unbound_at__isnull=True).select_related("user").annotate(has_wechat=Exists(living))


def _doors(user: User, at: datetime) -> Doors:
    def door(verb: Verb) -> accounts.permissions.Allowed:
        return accounts.permissions.may(accounts.permissions.check_verb, user, verb, at=at)

    return Doors(
        edit=door(Verb.EDIT_CUSTOMERS),
        reveal=door(Verb.REVEAL_PERSONAL_DATA),
        register=door(Verb.KEEP_REGISTER),
        freeze=door(Verb.FREEZE_ACCOUNTS),
        sell=door(Verb.SELL_GAS),
    )
