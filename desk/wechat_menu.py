"""The menu under the company's account at WeChat: what a follower finds there, and where each entry leads.

Entries that are about somebody lead through the sign-in, which costs one tap; what is for everybody is open at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

#: What WeChat takes, in bytes of UTF-8: five Chinese characters or eight Russian letters on a button, twenty or thirty in an entry.
BUTTON_BYTES, ENTRY_BYTES = 16, 60


class NameTooLong(Exception):
    """WeChat would refuse the menu."""

    def __init__(self, name: str, limit: int) -> None:
        super().__init__(gettext("“%(name)s” is longer than the %(limit)s bytes that WeChat takes.") % {"name": name, "limit": limit})


@dataclass(frozen=True)
class Entry:
    """A name and a page; ``is_personal`` for pages that want to know who is there."""

    label: str | Promise
    route: str
    is_personal: bool = False

    @property
    def url(self) -> str:
        page = reverse(self.route)
        if self.is_personal:
            page = f"{reverse('accounts:wechat_start')}?{urlencode({'next': page})}"
        return f"{settings.SITE_URL}{page}"


#: Three buttons of up to five entries: WeChat takes no more.
MENU: Sequence[tuple[str | Promise, Sequence[Entry]]] = (
    (
        _("My gas"),
        (
            Entry(_("Buy gas"), "desk:cabinet_buy", is_personal=True),
            Entry(_("My gas account"), "desk:cabinet", is_personal=True),
            Entry(_("Bills"), "desk:cabinet_bills", is_personal=True),
            Entry(_("Send a reading"), "desk:cabinet_readings", is_personal=True),
            Entry(_("Apply for gas"), "connections:apply"),
        ),
    ),
    (
        _("Help"),
        (
            Entry(_("Do you smell gas?"), "repairs:report"),
            Entry(_("Report a fault"), "repairs:cabinet_new", is_personal=True),
            Entry(_("My requests"), "casework:request_list", is_personal=True),
            Entry(_("No gas?"), "repairs:public_outages"),
            Entry(_("Look up a request"), "casework:track"),
        ),
    ),
    (
        _("Places"),
        (
            Entry(_("Card kiosks"), "billing:public_kiosks"),
            Entry(_("Halls"), "accounts:hall_list"),
            Entry(_("Prices"), "billing:tariff_list"),
            Entry(_("Calculator"), "billing:calculator"),
            Entry(_("Our promises"), "sla:our_promises"),
        ),
    ),
)


def menu(language: str) -> dict[str, Any]:
    """The menu in a language, as WeChat's ``menu/create`` takes it. Raises NameTooLong."""
    with translation.override(language):
        return {"button": [_button(label, entries) for label, entries in MENU]}


def _button(label: str | Promise, entries: Sequence[Entry]) -> dict[str, Any]:
    shown = [{"type": "view", "name": _fitting(entry.label, ENTRY_BYTES), "url": entry.url} for entry in entries]
    return {"name": _fitting(label, BUTTON_BYTES), "sub_button": shown}


def _fitting(label: str | Promise, limit: int) -> str:
    name = str(label)
    if len(name.encode()) > limit:
        raise NameTooLong(name, limit)
    return name
