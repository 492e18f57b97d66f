"""What is looked for most: the tasks of the front page, and the foot of every public page, in the groups of KB-04. Data only."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .site_leaf import Door


@dataclass(frozen=True)
class Task:
    """Something a first-time visitor comes for."""

    title: str | Promise
    note: str | Promise
    icon: str
    route: str
    args: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.route, args=self.args)


TASKS = (
    Task(
        _("Report a smell of gas"),
        _("At once, at any hour. Open the windows, touch no switch, go outside, call."),
        "siren",
        "repairs:report",
    ),
    Task(
        _("Top up your gas card"),
        _("In a hall, online, or at a kiosk: what to bring, and how."),
        "credit-card",
        "desk:clients_page",
        ("ways-to-pay",),
    ),
    Task(_("Send a reading"), _("How to read the meter, and where to write it."), "ruler", "desk:clients_service", ("persons", "readings")),
    Task(
        _("Apply for gas"),
        _("A few questions, a number at once, and a steward of your own until the flame burns."),
        "flame",
        "connections:apply",
    ),
    Task(_("Book an appointment"), _("Choose a hall and a half hour, without signing in."), "calendar-clock", "desk:appointments"),
    Task(
        _("Write to us"), _("A question, an appeal, a review, a service: answered in writing, with a date."), "mail", "complaints:reception"
    ),
    Task(
        _("Complain"),
        _("On any matter, also without your name. Somebody else than whom it is about looks into it."),
        "megaphone",
        "complaints:complain",
    ),
    Task(_("No gas at home?"), _("Where gas is off now or will be, and until when."), "flame-kindling", "repairs:public_outages"),
    Task(
        _("Prices and fees"),
        _("What gas, a connection and services cost, and who decided it."),
        "receipt-text",
        "desk:clients_service",
        ("persons", "costs"),
    ),
    Task(_("See your purchases and receipts"), _("Sign in with your phone and bind your account number once."), "user", "account_login"),
)
FOOT: tuple[tuple[str | Promise, tuple[Door, ...]], ...] = (
    (
        _("Services"),
        (
            Door(_("Conclude a contract"), "desk:clients_service", ("persons", "contract")),
            Door(_("Prices"), "billing:tariff_list"),
            Door(_("Calculator"), "billing:calculator"),
            Door(_("Benefits and allowances"), "desk:clients_service", ("persons", "special-conditions")),
            Door(_("Meter readings"), "desk:clients_service", ("persons", "readings")),
            Door(_("Forms to print"), "desk:clients_service", ("persons", "memo")),
            Door(_("Additional services"), "desk:clients_page", ("additional",)),
        ),
    ),
    (
        _("Feedback"),
        (
            Door(_("Virtual reception"), "complaints:reception"),
            Door(_("Complain"), "complaints:complain"),
            Door(_("Published answers"), "complaints:answers"),
            Door(_("Frequent questions"), "notices:help"),
        ),
    ),
    (
        pgettext_lazy("section of the site", "Reference"),
        (
            Door(_("News"), "desk:news"),
            Door(_("Announcements"), "notices:public_announcements"),
            Door(_("Interruptions of supply"), "repairs:public_outages"),
            Door(_("Our promises"), "sla:our_promises"),
            Door(_("How we keep our word"), "desk:quality"),
        ),
    ),
    (
        pgettext_lazy("section of the site", "Payments"),
        (
            Door(_("Ways to pay"), "desk:clients_page", ("ways-to-pay",)),
            Door(_("Points of payment"), "desk:clients_page", ("points-of-payment",)),
            Door(_("Check a receipt"), "billing:verify_start"),
        ),
    ),
    (
        _("Client service"),
        (
            Door(_("Client offices"), "desk:clients_page", ("offices",)),
            Door(_("Contact centre"), "desk:clients_page", ("contact-centre",)),
            Door(_("Book an appointment"), "desk:appointments"),
            Door(_("Useful links"), "desk:clients_page", ("useful-links",)),
            Door(_("Other ways to reach us"), "desk:clients_page", ("other-ways",)),
        ),
    ),
)
