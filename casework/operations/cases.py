"""Open a case, change what promises depend on, and take it along the lifecycle of its kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import Actor
from accounts.models import Account, Hall, Premises, Segment, Staff, User
from accounts.pinyin import sounds
from accounts.searching import searchable

from .. import kinds, matters, permissions, queries, references
from ..models import Case, Origin, Timeline, Urgency
from .events import Step, open_timeline, record
from .moves import amend, move
from .rows import insert, one_insert, together


class NothingSaid(Exception):
    """A case says in a few words what it is about."""

    def __init__(self) -> None:
        super().__init__(_("Say in a few words what it is about."))


class ReasonMissing(Exception):
    """Whoever ends a case without doing it says why."""

    def __init__(self) -> None:
        super().__init__(_("Say why, in a few words."))


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What is known when somebody comes with a matter. Empty for a passer-by: account, premises, name, phone.

    ``kind`` is one of ``kinds.kinds()``; ``subject`` is as somebody typed it, ``matter`` the code of what its room calls it
    (``casework.matters``), one of which there must be; ``asker`` the cabinet user who opens it; ``hall`` who looks after it, else the
    hall of whoever was asked, else the hall whose service area the premises lie in. ``area`` and ``segment`` are for who has no
    account or premises yet; ``origin`` who put it forward; ``status`` one of the kind's first ones, where it has several.
    """

    kind: str
    subject: str
    channel: str
    matter: str = ""
    classification: str = ""
    urgency: str = Urgency.NORMAL
    account: Account | None = None
    premises: Premises | None = None
    contact_name: str = ""
    contact_phone: str = ""
    language: str = ""
    hall: Hall | None = None
    asker: User | None = None
    split_from: Case | None = None
    area: str = ""
    segment: str = ""
    status: str = ""
    origin: str = Origin.CUSTOMER


@together()
def open_case(*, opening: Opening, by: Actor, at: datetime) -> Case:
    """Give a matter its number, its timeline and its owner: the staff member who was asked first, else nobody yet.

    Joins the caller's transaction, who writes the kind's own row beside it. Raises NothingSaid, UnknownKind.
    """
    if not opening.subject.strip() and not opening.matter:
        raise NothingSaid
    kind = kinds.kind(opening.kind)
    asked = queries.staff_behind(by)
    case = Case(
        kind=opening.kind,
        status=opening.status or kind.lifecycle.start[0],
        owner=asked,
        first_asked=asked,
        opened_at=at,
        reference=_free_reference(kind.letter),
        tracking_code=references.new_code(),
        **_as_told(opening, asked),
    )
    case.search = search_text(case)
    with one_insert(Timeline, Case):
        # The timeline first and empty: whoever listens to the first event finds the case already there.
        case.timeline = open_timeline(kind=opening.kind, steps=[], by=by, at=at)
        insert(case)
        record(timeline_id=case.timeline_id, steps=[Step("case.opened", _facts(case))], by=by, at=at, known=case.timeline)
    return case


class Changes(TypedDict):
    """What promises are chosen by, and whose the case is."""

    urgency: NotRequired[str]
    classification: NotRequired[str]
    segment: NotRequired[str]
    area: NotRequired[str]
    account: NotRequired[Account]


@transaction.atomic
def change_case(*, case: Case, by: Actor, at: datetime, **changes: Unpack[Changes]) -> Case:
    """Correct what the case is taken for; promises are chosen anew. Naming the account brings its segment, premises and area.

    What is as it was is not written, and nothing happens when all is. Raises Forbidden, StaleRow.
    """
    permissions.check_may_handle(by, case, at=at)
    wanted: dict[str, Any] = {name: value for name, value in changes.items() if name != "account"}
    if account := changes.get("account"):
        wanted = {**_of_account(account), **wanted}
    fields = {name: value for name, value in wanted.items() if getattr(case, name) != value}
    if not fields:
        return case
    told: dict[str, Any] = {name: fields[name] for name in ("urgency", "classification", "segment", "area") if name in fields}
    for name in ("account", "premises"):
        if name in fields:
            setattr(case, name, fields[name])
    fields["search"] = search_text(case)
    amend(case, fields=fields, steps=[Step("case.changed", told)], by=by, at=at)
    return case


def hold_row(case: Case) -> None:
    """Lock a case before its timeline (decision 0014), where something is told of it first and it moves afterwards.

    It is not read anew: whoever moves it by what they saw before is still refused as stale.
    """
    Case.objects.select_for_update(no_key=True).filter(pk=case.pk).values_list("pk").first()


@together()
def move_case(
    *, case: Case, verb: str, by: Actor, at: datetime, fields: Mapping[str, Any] | None = None, facts: Mapping[str, Any] | None = None
) -> Case:
    """Take a case one step along the lifecycle of its kind; ``closed_at`` follows by itself.

    Raises WrongMove, StaleRow, Forbidden where the step takes a staff verb that a person does not hold.
    """
    kind = kinds.kind(case.kind)
    step = kind.lifecycle.find(verb, case.status)
    permissions.check_may_step(by, case, step, at=at)
    is_ended = step is not None and step.target in kind.ended
    closed = {"closed_at": at if is_ended else None} if step is not None and is_ended != (case.closed_at is not None) else {}
    move(case, kind.lifecycle, verb, by=by, at=at, fields={**closed, **(fields or {})}, **(facts or {}))
    return case


@transaction.atomic
def cancel_case(*, case: Case, reason: str, by: Actor, at: datetime) -> Case:
    """End a case that nobody wants any more; the reason is kept with the case. Raises ReasonMissing, WrongMove, StaleRow."""
    if not reason.strip():
        raise ReasonMissing
    return move_case(case=case, verb="cancel", by=by, at=at, fields={"end_reason": reason.strip()[:300]})


def search_text(case: Case) -> str:
    """What a case is found by, besides its account."""
    place = case.premises.address if case.premises else ""
    name = case.contact_name
    matter = matters.in_every_language(case.matter)
    return searchable([case.reference, name, case.contact_phone, *matter, case.subject, place, *sounds(name)])


def _as_told(opening: Opening, asked: Staff | None) -> dict[str, Any]:
    if opening.account:
        known = _of_account(opening.account, opening.area)
    else:
        known = {"account": None, **_of_place(opening.premises, opening.segment or Segment.ORDINARY, opening.area)}
    language = opening.language or (opening.account.customer.language if opening.account else "")
    return {
        **known,
        "hall": opening.hall or (asked.hall if asked else None) or _hall_of(known["premises"]),
        "language": language,
        **{name: getattr(opening, name) for name in ("channel", "classification", "urgency", "asker", "split_from", "matter", "origin")},
        "subject": opening.subject.strip()[:200],
        "contact_name": opening.contact_name.strip()[:120],
        "contact_phone": opening.contact_phone.strip()[:32],
    }


def _of_account(account: Account, area: str = "") -> dict[str, Any]:
    return {"account": account, **_of_place(account.premises, account.customer.segment, area)}


def _of_place(premises: Premises | None, segment: str, area: str = "") -> dict[str, Any]:
    area = area or (accounts.queries.area_of(premises.territory) if premises else "")
    return {"premises": premises, "segment": segment, "area": area}


def _hall_of(premises: Premises | None) -> Hall | None:
    served = accounts.queries.service_area_of(premises.territory) if premises else None
    return served.hall if served else None


def _free_reference(letter: str) -> str:
    """Short enough to be said, so that two could meet in a million: look, and let the constraint have the last word."""
    while Case.objects.filter(reference=(reference := references.new_reference(letter))).exists():
        pass
    return reference


def _facts(case: Case) -> dict[str, Any]:
    names = ("kind", "classification", "urgency", "segment", "area", "channel")
    facts = {name: str(getattr(case, name)) for name in names} | {"hall": case.hall_id, "owner": case.owner_id}
    return facts | ({"split_from": case.split_from_id} if case.split_from_id else {})
