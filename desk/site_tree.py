"""The section for clients: its groups and pages in the order of the customer-service rules (KB-04). Data only.

Words live once: a page shows articles of the knowledge base by their short names; prices, hours, halls and kiosks come live from their
rooms (``live`` names the part that shows them); ``doors`` lead to where something is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import site_services
from .site_leaf import Door, Leaf

WHO: Mapping[str, str | Promise] = {
    "persons": pgettext_lazy("kind of client", "Persons"),
    "entities": pgettext_lazy("kind of client", "Entities"),
}
SERVICES: Mapping[str, tuple[Leaf, ...]] = {"persons": site_services.PERSONS, "entities": site_services.ENTITIES}
#: Pages that are the same for everybody.
PAGES = (
    Leaf(
        "additional",
        _("Additional services: apply"),
        articles=("hose-and-appliance-life",),
        more=("change-an-appointment", "repair-cost"),
        doors=(Door(_("Apply for a service"), "complaints:reception_service"),),
        live="services",
        kept="additional",
    ),
    Leaf(
        "ways-to-pay",
        _("Ways to pay"),
        articles=("top-up-online", "top-up-at-the-hall", "write-card-at-kiosk"),
        more=("pay-a-bill", "paid-but-no-gas", "purchase-limits", "refund-of-purchase"),
        doors=(Door(_("Buy gas online"), "desk:cabinet_buy"), Door(_("Pay a bill"), "desk:cabinet_bills")),
        live="ways",
        kept="payments",
    ),
    Leaf("points-of-payment", _("Points of payment"), doors=(Door(_("Kiosks on a map"), "billing:public_kiosks"),), live="points"),
    Leaf(
        "offices",
        _("Client offices"),
        articles=("queue-and-appointment",),
        more=("halls-and-hours", "send-somebody-else"),
        doors=(Door(_("Book an appointment"), "desk:appointments"), Door(_("Counters and hours"), "accounts:hall_list")),
        live="offices",
        kept="offices",
    ),
    Leaf(
        "contact-centre",
        _("Contact centre"),
        articles=("phones",),
        more=("gas-leak", "report-a-fault", "false-worker"),
        doors=(Door(_("Book an appointment"), "desk:appointments"), Door(_("Write to us"), "complaints:reception")),
        live="centre",
        kept="contact-centre",
    ),
    Leaf("useful-links", _("Useful links"), live="links", kept="links"),
    Leaf(
        "other-ways",
        _("Other ways to reach us"),
        articles=("bind-my-account",),
        more=("cannot-sign-in", "track-my-request"),
        doors=(Door(_("Look up a request"), "casework:track"), Door(_("Check a badge"), "fieldwork:badge_check")),
        live="other",
    ),
)


@dataclass(frozen=True)
class Group:
    """A heading of the section with where it leads: pages of ours, and rooms that have theirs."""

    title: str | Promise
    icon: str
    doors: tuple[Door, ...]


def page(code: str) -> Leaf | None:
    """A page that is the same for everybody."""
    return next((leaf for leaf in PAGES if leaf.code == code), None)


def service(who: str, code: str) -> Leaf | None:
    """A page of services for persons or for entities."""
    return next((leaf for leaf in SERVICES.get(who, ()) if leaf.code == code), None)


def _own(code: str) -> Door:
    leaf = page(code)
    assert leaf is not None
    return Door(leaf.title, "desk:clients_page", (code,))


def _services(who: str) -> Group:
    doors = tuple(Door(leaf.title, "desk:clients_service", (who, leaf.code)) for leaf in SERVICES[who])
    return Group(WHO[who], "user" if who == "persons" else "building-2", doors)


#: Services stand apart, for persons and for entities; then the other groups.
MAIN = (_services("persons"), _services("entities"))
GROUPS = (
    Group(_("Additional services"), "wrench", (_own("additional"),)),
    Group(
        _("Feedback"),
        "mail",
        (
            Door(_("Virtual reception: write an appeal"), "complaints:reception"),
            Door(_("Complain"), "complaints:complain"),
            Door(_("Write a review"), "complaints:reception_review"),
            Door(_("Published answers"), "complaints:answers"),
            Door(_("Frequent questions"), "notices:help"),
        ),
    ),
    Group(
        pgettext_lazy("section of the site", "Reference"),
        "newspaper",
        (
            Door(_("News"), "desk:news"),
            Door(_("Announcements"), "notices:public_announcements"),
            Door(_("Interruptions of supply"), "repairs:public_outages"),
            Door(_("Our promises"), "sla:our_promises"),
            Door(_("How we keep our word"), "desk:quality"),
        ),
    ),
    Group(
        pgettext_lazy("section of the site", "Payments"),
        "wallet",
        (_own("ways-to-pay"), _own("points-of-payment"), Door(_("Check a receipt"), "billing:verify_start")),
    ),
    Group(
        _("Client service"),
        "map-pin",
        (_own("offices"), _own("contact-centre"), Door(_("Book an appointment"), "desk:appointments")),
    ),
    Group(_("Useful links"), "link", (_own("useful-links"),)),
    Group(_("Other forms of service"), "smartphone", (_own("other-ways"), Door(_("My gas: sign in"), "account_login"))),
)


def addresses() -> list[str]:
    """Every page of the section, for machines that search the web."""
    own = [reverse("desk:clients"), *(reverse("desk:clients_page", args=[leaf.code]) for leaf in PAGES)]
    return own + [reverse("desk:clients_service", args=[who, leaf.code]) for who, leaves in SERVICES.items() for leaf in leaves]
