"""A case's timeline in plain words, newest last: all of it for staff, what concerns them for customers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Area, Hall, Segment, Staff
from accounts.roles import Role

from .. import references
from ..models import Case, Channel, Contact, Event, Urgency
from ..presenters import namers, presenters, say

_STAFF_KEYS = ("owner", "from", "named")
_CASE_KEYS = ("into", "case", "part", "split_from")
_LABELS: Mapping[str, Any] = {"urgency": Urgency, "segment": Segment, "area": Area, "channel": Channel, "role": Role}


@dataclass(frozen=True)
class Line:
    """One line: when, what, who (a staff member's name and number), and what was said. ``contact`` when it is one."""

    at: datetime
    text: str
    by: str = ""
    note: str = ""
    contact: Contact | None = None


def story_for_staff(case: Case) -> list[Line]:
    """Every event that has words, with who did it."""
    events = list(case.timeline.events.order_by("seq"))
    names = _names(events, case)
    lines = []
    for event in events:
        if telling := presenters().get(event.verb):
            contact = names.contacts.get(event.facts.get("contact", 0))
            text = say(telling.staff, names.told(event))
            lines.append(Line(event.at, text, names.by(event.by), contact.content if contact else "", contact))
    return lines


def story_for_customer(case: Case) -> list[Line]:
    """What concerns the customer, without names: their own words, and ours to them in writing."""
    events = list(case.timeline.events.order_by("seq"))
    names = _names(events, case)
    lines: list[Line] = []
    for event in events:
        telling = presenters().get(event.verb)
        if telling and telling.customer:
            contact = names.contacts.get(event.facts.get("contact", 0))
            text = say(telling.customer, names.told(event))
            lines.append(Line(event.at, text, note=_shown_to_customer(contact)))
    return lines


def _shown_to_customer(contact: Contact | None) -> str:
    """What was written between us. What staff noted of a call or a visit is theirs."""
    written = {Contact.Means.CABINET, Contact.Means.EMAIL, Contact.Means.SMS, Contact.Means.LETTER}
    return contact.content if contact and contact.means in written else ""


@dataclass(frozen=True)
class _Names:
    """Everything the sentences of one timeline may name."""

    staff: Mapping[int, str]
    users: Mapping[str, str]
    halls: Mapping[int, str]
    cases: Mapping[int, str]
    contacts: Mapping[int, Contact]
    others: Mapping[str, Mapping[Any, str]]

    def by(self, label: str) -> str:
        return self.users.get(label, "")

    def told(self, event: Event) -> dict[str, Any]:
        facts = dict(event.facts)
        told: dict[str, Any] = dict.fromkeys((*_STAFF_KEYS, *_CASE_KEYS, "channel"), "-") | facts
        told |= {name: self.staff.get(facts[name], "") for name in _STAFF_KEYS if facts.get(name)}
        told |= {name: self.cases.get(facts[name], "") for name in _CASE_KEYS if facts.get(name)}
        told |= {name: called.get(facts[name], "") for name, called in self.others.items() if facts.get(name)}
        if facts.get("hall"):
            told["hall"] = self.halls.get(facts["hall"], "")
        told |= {name: _label(kind, facts[name]) for name, kind in _LABELS.items() if facts.get(name)}
        told["changes"] = [_label(kind, facts[name]) for name, kind in _LABELS.items() if name in facts]
        if contact := self.contacts.get(facts.get("contact", 0)):
            told["is_incoming"] = contact.direction == Contact.Direction.IN
            told |= {"means": _capital(contact.get_means_display()), "direction": contact.get_direction_display()}
        return told


def _names(events: Sequence[Event], case: Case) -> _Names:
    facts = [event.facts for event in events]

    def keys(*names: str) -> set[int]:
        return {fact[name] for fact in facts for name in names if isinstance(fact.get(name), int)}

    labels = {event.by for event in events if event.by.startswith("user:")}
    people = Staff.objects.filter(pk__in=keys(*_STAFF_KEYS)) | Staff.objects.filter(user__in=[int(label[5:]) for label in labels])
    staff = list(people.distinct())
    return _Names(
        staff={one.pk: str(one) for one in staff},
        users={f"user:{one.user_id}": str(one) for one in staff},
        halls=_named(Hall.objects.filter(pk__in=keys("hall")), str),
        cases=_named(Case.objects.filter(pk__in=keys(*_CASE_KEYS)), lambda one: references.grouped(one.reference)),
        contacts={contact.pk: contact for contact in Contact.objects.filter(case=case)},
        others={name: namer(found) for name, namer in namers().items() if (found := _pointed_to(name, facts))},
    )


def _pointed_to(name: str, facts: Iterable[Mapping[str, Any]]) -> set[int | str]:
    """Keys of rows, or codes."""
    return {fact[name] for fact in facts if isinstance(fact.get(name), int | str)}


def _named(rows: Iterable[Any], name: Callable[[Any], str]) -> dict[int, str]:
    return {row.pk: name(row) for row in rows}


def _label(kind: Any, value: str) -> str:
    return str(kind(value).label) if value in kind.values else str(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
