"""Who keeps the appointments of halls, who plans when people are received, and whose an appointment is."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import accounts.permissions
from accounts.actors import Actor, System
from accounts.models import Binding, User
from accounts.permissions import Forbidden
from accounts.roles import Verb

from .models import HallAppointment, HallAppointmentQuerySet
from .queries.hall_appointments import Person, missed_by, to_come_of, whole

#: Whoever books on the public page, or holds the reference and code, or the link of a message.
STRANGER = System("appointments")


class TooManyMissed(Forbidden):
    """They did not come several times: we speak first. Nobody is turned away at the hall."""

    def __init__(self, number: int) -> None:
        said = ngettext(
            "%(number)s appointment was made with this phone in the last %(days)s days, and nobody came. Please ring %(phone)s to book, "
            "or come without an appointment.",
            "%(number)s appointments were made with this phone in the last %(days)s days, and nobody came. Please ring %(phone)s to book, "
            "or come without an appointment.",
            number,
        )
        super().__init__(said % {"number": number, "days": settings.HALL_NO_SHOW_DAYS, "phone": settings.COMPANY["office_phone"]})


class TooManyAtOnce(Forbidden):
    """They have as many as one person may have."""

    def __init__(self) -> None:
        phone = settings.COMPANY["office_phone"]
        super().__init__(
            _("With this phone as many appointments are booked as can be. Give one up first, or ring %(phone)s.") % {"phone": phone}
        )


def is_ours(actor: Actor) -> bool:
    """One of our people, or a part of the system: not bound as customers are."""
    return actor.is_staff if isinstance(actor, User) else actor != STRANGER


def check_may_book(actor: Actor, person: Person, *, at: datetime) -> None:
    """Book a time. Our people need the verb; customers must not have too many, nor have stayed away too often.

    Raises Forbidden, TooManyMissed, TooManyAtOnce.
    """
    if is_ours(actor):
        check_may_keep(actor, at=at)
        return
    if settings.HALL_NO_SHOWS and (missed := missed_by(person, at)) >= settings.HALL_NO_SHOWS:
        raise TooManyMissed(missed)
    if to_come_of(person, at) >= settings.HALL_BOOKINGS_AT_ONCE:
        raise TooManyAtOnce


def check_may_change(actor: Actor, appointment: HallAppointment, *, at: datetime) -> None:
    """Choose another time or give it up: whose it is, whoever holds its code, and whoever keeps appointments. Raises Forbidden."""
    if isinstance(actor, User) and not actor.is_staff:
        if not visible(actor, at=at).filter(pk=appointment.pk).exists():
            raise Forbidden(_("There is no such appointment among yours."))
        return
    check_may_keep(actor, at=at)


def check_may_keep(actor: Actor, *, at: datetime) -> None:
    """Book for others, note who came. Raises Forbidden."""
    _check(actor, Verb.HANDLE_CASES, at)


def check_may_plan(actor: Actor, *, at: datetime) -> None:
    """Say when a hall receives by appointment, and take times away. Raises Forbidden."""
    _check(actor, Verb.EDIT_ROSTER, at)


def check_may_erase(actor: Actor, *, at: datetime) -> None:
    """Blank whose an appointment was. Raises Forbidden."""
    _check(actor, Verb.ERASE_PERSONAL_DATA, at)


def visible(user: User, *, at: datetime) -> HallAppointmentQuerySet:
    """All for who keeps them; of a customer what they booked, and what is about their household's accounts."""
    if user.is_staff:
        is_kept = Verb.HANDLE_CASES in accounts.permissions.verbs_of(user, at)
        return whole() if is_kept else whole().none()
    household = Binding.objects.filter(user=user, unbound_at__isnull=True, role__in=[Binding.Role.HOLDER, Binding.Role.FAMILY])
    own = household.values("account")
    return whole().filter(Q(user=user) | Q(account__in=own), forgotten_at=None)


def _check(actor: Actor, verb: Verb, at: datetime) -> None:
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, verb, at=at)
