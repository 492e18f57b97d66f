"""By which ways a notice reaches a person: what they chose, among what the letter allows and what we know of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects

from accounts.models import Customer, Staff

from .. import channels, registry
from ..letter import Letter
from ..models import Channel, Preference, Refusal
from .notice import Line, Notice
from .wording import supported


@dataclass(frozen=True)
class Way:
    """One way to one person. ``mark`` makes the message's key: the same person is not told twice the same way."""

    channel: str
    address: str
    language: str
    mark: str


def ways_of(letters: Sequence[Notice]) -> Iterator[tuple[Notice, Way]]:
    """Each notice with each way it goes. The people are looked up together: the statements do not grow with them.

    A Line that somebody before it hears the same on is not told again.
    """
    _load_people([notice.to for notice in letters])
    _load_refusals([notice.to for notice in letters if notice.topic and isinstance(notice.to, Customer)])
    told: set[tuple[str, str]] = set()
    for notice in letters:
        for way in _ways(registry.letter(notice.kind), notice.to, notice.topic):
            place = notice.key, way.address
            if isinstance(notice.to, Line) and place in told:
                continue
            told.add(place)
            yield notice, way


def _ways(letter: Letter, to: Staff | Customer | Line, topic: str) -> Iterator[Way]:
    if isinstance(to, Line):
        return _to_line(letter, to)
    return _to_customer(letter, to, topic) if isinstance(to, Customer) else _to_staff(letter, to)


def _load_people(people: Iterable[Staff | Customer | Line]) -> None:
    everybody = list(people)
    staff = [one for one in everybody if isinstance(one, Staff)]
    customers = [one for one in everybody if isinstance(one, Customer)]
    # Without models the look-ups of empty lists cost nothing.
    prefetch_related_objects(staff, "user", "preference")
    prefetch_related_objects(customers, "phones")


def _load_refusals(customers: Sequence[Customer]) -> None:
    prefetch_related_objects(customers, Prefetch("refusals", Refusal.objects.filter(ended_at=None), "standing_refusals"))


def _to_staff(letter: Letter, staff: Staff) -> Iterator[Way]:
    language = supported(staff.user.language or settings.LANGUAGE_CODE)
    if Channel.INBOX in letter.channels:
        yield Way(Channel.INBOX, "", language, f"s{staff.pk}")
    push = _push(letter, staff)
    if push:
        yield Way(push[0], push[1], language, f"s{staff.pk}:{push[0]}")


def _push(letter: Letter, staff: Staff) -> tuple[str, str] | None:
    preference: Preference | None = getattr(staff, "preference", None)
    chosen = preference.channel if preference else ""
    if chosen == Preference.Push.NONE:
        return None
    phone = str(staff.user.phone or "")
    return _first(letter, chosen, {Channel.SMS: phone, Channel.EMAIL: staff.user.email, Channel.VOICE: phone})


def _to_customer(letter: Letter, customer: Customer, topic: str) -> Iterator[Way]:
    phones = sorted(customer.phones.all(), key=lambda phone: (not phone.is_primary, phone.pk))
    phone = str(phones[0].number) if phones else ""
    known = {Channel.SMS: phone, Channel.EMAIL: customer.email, Channel.VOICE: phone, Channel.CABINET: ""}
    refusals: Sequence[Refusal] = getattr(customer, "standing_refusals", ()) if topic else ()
    stopped = {one.channel for one in refusals if one.topic == topic}
    found = _first(letter, customer.channel, {way: address for way, address in known.items() if way not in stopped})
    if found:
        yield Way(*found, supported(customer.language), f"c{customer.pk}")


def _to_line(letter: Letter, line: Line) -> Iterator[Way]:
    if Channel.SMS in letter.channels and line.phone:
        yield Way(Channel.SMS, line.phone, supported(line.language or settings.LANGUAGE_CODE), line.mark)


def _first(letter: Letter, chosen: str, known: dict[Channel, str]) -> tuple[str, str] | None:
    """The chosen way where it can be gone, else the first that can."""
    order = sorted(known, key=lambda channel: channel != chosen)
    for channel in order:
        if channel in letter.channels and (known[channel] or channel == Channel.CABINET) and _is_open(channel):
            return channel, known[channel]
    return None


def _is_open(channel: str) -> bool:
    """Where nobody can be called, a call chosen long ago becomes a text message. Text messages wait for their gateway."""
    return channel != Channel.VOICE or Channel.VOICE in channels.open_channels()
