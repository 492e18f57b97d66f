"""Where a reader may go: the entries of the menu, by what they are allowed to do."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import accounts.permissions
from accounts.models import User
from accounts.roles import Verb


@dataclass(frozen=True)
class Place:
    """One entry of the menu."""

    label: str | Promise
    url: str
    is_here: bool = False


_STAFF: tuple[tuple[str | Promise, str, Verb], ...] = (
    (_("Counter"), "desk:counter", Verb.SELL_GAS),
    (_("Shift"), "billing:shift", Verb.SELL_GAS),
    (_("Accounts"), "accounts:account_list", Verb.FIND_ACCOUNTS),
    (_("Components"), "desk:components", Verb.SEE_GALLERY),
)
_CUSTOMER: tuple[tuple[str | Promise, str], ...] = ((_("My gas"), "desk:cabinet"),)


def places(user: User | AnonymousUser, *, path: str, at: datetime) -> list[Place]:
    """The menu of this reader, with the entry marked under which ``path`` lies."""
    if not isinstance(user, User):
        return []
    if not user.is_staff:
        return _resolved([(label, name) for label, name in _CUSTOMER], path)
    verbs = accounts.permissions.verbs_of(user, at)
    return _resolved([(label, name) for label, name, verb in _STAFF if verb in verbs], path)


def _resolved(entries: list[tuple[str | Promise, str]], path: str) -> list[Place]:
    found = []
    for label, name in entries:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        found.append(Place(label, url, is_here=path.startswith(url)))
    return found
