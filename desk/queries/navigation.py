"""Where a reader may go: the entries of the menu and the tiles of the workbench, by what they are allowed to do."""

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
    """Somewhere to go: an entry of the menu, or a tile that says what is done there."""

    label: str | Promise
    route: str
    verb: Verb | None = None
    icon: str = "arrow-right"
    note: str | Promise = ""
    in_menu: bool = True

    @property
    def url(self) -> str:
        return reverse(self.route)


STAFF = (
    Place(_("Counter"), "desk:counter", Verb.SELL_GAS, "credit-card", _("Find a customer, sell gas, write the card.")),
    Place(_("Shift"), "billing:shift", Verb.SELL_GAS, "coins", _("Open your till, count it, hand it in.")),
    Place(_("Accounts"), "accounts:account_list", Verb.FIND_ACCOUNTS, "users", _("Customers, meters, cards and their history.")),
    Place(_("Roster"), "accounts:roster", Verb.EDIT_ROSTER, "calendar-days", _("Who works where and when, who stands in.")),
    Place(_("Staff"), "accounts:people", Verb.MANAGE_STAFF, "id-card", _("Who works here, in which roles."), in_menu=False),
    Place(_("Components"), "desk:components", Verb.SEE_GALLERY, "shapes", _("What every page is built from."), in_menu=False),
)
CUSTOMER = (
    Place(_("My gas"), "desk:cabinet"),
    Place(_("Purchases"), "desk:cabinet_purchases"),
    Place(_("Card"), "desk:cabinet_cards"),
    Place(_("Tariff"), "desk:cabinet_tariff"),
    Place(_("My details"), "desk:cabinet_details"),
)


def places(user: User | AnonymousUser, *, at: datetime) -> list[Place]:
    """Everywhere this reader may go."""
    if not user.is_authenticated:
        return []
    if not user.is_staff:
        return [place for place in CUSTOMER if _exists(place)]
    verbs = accounts.permissions.verbs_of(user, at)
    return [place for place in STAFF if place.verb in verbs and _exists(place)]


def _exists(place: Place) -> bool:
    try:
        return bool(place.url)
    except NoReverseMatch:
        return False
