"""Who may do and see what. Each ``check_`` raises with a sentence; ``may`` turns the same check into a greyed button."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from . import models, queries
from .roles import GRANTS, Verb


class Forbidden(PermissionDenied):
    """The reader may not do this; str() is the sentence that says so."""


class MissingVerb(Forbidden):
    """None of the roles somebody holds at the moment allows this."""

    def __init__(self, verb: Verb) -> None:
        self.verb = verb
        super().__init__(_("Your role does not allow this. Ask the head of your hall or an administrator."))


class NotYourAccount(Forbidden):
    """Neither staff nor bound to it. Pages answer 404, so that nobody learns which numbers exist."""

    def __init__(self) -> None:
        super().__init__(_("There is no such account among yours."))


@dataclass(frozen=True)
class Allowed:
    """A yes, or a no with its reason; true in an ``if``."""

    yes: bool
    why: str = ""

    def __bool__(self) -> bool:
        return self.yes


def verbs_of(user: models.User | AnonymousUser, at: datetime) -> frozenset[Verb]:
    """All verbs of the roles a working staff member holds at a moment; nothing for anybody else."""
    if not user.is_authenticated or not user.is_active or not user.is_staff:
        return frozenset()
    return frozenset().union(*(GRANTS[role] for role in queries.roles_of(user, at)))


def check_verb(user: models.User | AnonymousUser, verb: Verb, *, at: datetime) -> None:
    """Raises MissingVerb unless a role held at this moment allows it."""
    if verb not in verbs_of(user, at):
        raise MissingVerb(verb)


def sees_all_accounts(user: models.User | AnonymousUser, at: datetime) -> bool:
    """Whether ``visible_accounts`` leaves nothing out: the database then need not look for an account among them."""
    return Verb.FIND_ACCOUNTS in verbs_of(user, at)


def visible_accounts(user: models.User | AnonymousUser, at: datetime) -> QuerySet[models.Account]:
    """Every account this user may see: all for staff who may find accounts, the bound ones for a customer.

    Lists and single pages both start here, so that they cannot disagree.
    """
    if sees_all_accounts(user, at):
        return models.Account.objects.all()
    if not user.is_authenticated or not user.is_active:
        return models.Account.objects.none()
    return queries.bound_accounts(user)


def check_may_see_account(user: models.User | AnonymousUser, account: models.Account, *, at: datetime) -> None:
    """Raises NotYourAccount unless the account is among ``visible_accounts``."""
    if not visible_accounts(user, at).filter(pk=account.pk).exists():
        raise NotYourAccount


def check_may_see_household(user: models.User, account: models.Account, *, at: datetime) -> None:
    """Address, phones and papers of the household: staff, holder and family. Raises Forbidden for a payer."""
    if Verb.FIND_ACCOUNTS in verbs_of(user, at):
        return
    household = Q(role=models.Binding.Role.HOLDER) | Q(role=models.Binding.Role.FAMILY)
    if not models.Binding.objects.filter(household, user=user, account=account, unbound_at__isnull=True).exists():
        raise Forbidden(_("Only the holder and the family see this."))


def may(check: Callable[..., None], *args: Any, **kwargs: Any) -> Allowed:
    """Ask a ``check_`` function instead of obeying it: for a button that is grey and says why."""
    try:
        check(*args, **kwargs)
    except Forbidden as refusal:
        return Allowed(False, str(refusal))
    return Allowed(True)
