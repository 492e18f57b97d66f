"""Write an announcement, have it approved where it reaches many, say when it goes out, call it off."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import casework.queries
from accounts.actors import Actor
from accounts.clock import in_business_time
from accounts.models import Territory
from casework.operations import Step, amend, move, open_timeline

from .. import announcement_permissions as permissions
from .. import audiences
from ..models import Announcement, AnnouncementKind, AnnouncementText
from ..placeholders import unknown_in
from ..queries.announcement_reach import reach_of, wanted_by
from ..states import ANNOUNCEMENT
from . import announcement_letters_out, announcement_sending
from .announcement_refusals import BadAnnouncement

#: Nothing goes out sooner: its messages are written meanwhile.
READY = timedelta(seconds=10)
#: So long an announcement stands on the public page where nobody said how long.
ON_THE_PAGE = timedelta(days=30)


@dataclass(frozen=True)
class Words:
    """What it says in one language."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody wants to announce, to whom, by which ways. ``texts``: language -> words; those without are left out."""

    texts: Mapping[str, Words]
    kind: str = AnnouncementKind.NEWS
    places: Collection[Territory] = ()
    segments: Sequence[str] = ()
    price_classes: Sequence[str] = ()
    condition: str = ""
    ways: Sequence[str] = ()
    is_safety: bool = False
    is_public: bool = False
    public_until: datetime | None = field(default=None)


@transaction.atomic
def write_announcement(*, draft: Draft, by: Actor, at: datetime) -> Announcement:
    """Write one down; nobody is told. Raises Forbidden, BadAnnouncement."""
    permissions.check_may_announce(by, at=at)
    _check(draft)
    timeline = open_timeline(kind="announcement", steps=[Step("announcement.written")], by=by, at=at)
    found = Announcement(timeline=timeline, created_at=at, written_by=casework.queries.staff_behind(by), **_columns(draft))
    found.save(force_insert=True)
    _write_texts(found, draft)
    return found


@transaction.atomic
def change_announcement(*, announcement: Announcement, draft: Draft, by: Actor, at: datetime) -> Announcement:
    """Other words, people or ways while it is being written. Whoever changes it is its writer: somebody else approves.

    Raises Forbidden, BadAnnouncement, StaleRow.
    """
    permissions.check_may_announce(by, at=at)
    if not announcement.is_draft:
        raise BadAnnouncement("status", _("Only what is still being written can be changed. Call it off and write another one."))
    _check(draft)
    fields = {**_columns(draft), "written_by": casework.queries.staff_behind(by)}
    amend(announcement, fields=fields, steps=[Step("announcement.rewritten")], by=by, at=at)
    announcement.texts.all().delete()
    _write_texts(announcement, draft)
    return announcement


@transaction.atomic
def schedule(*, announcement: Announcement, publish_at: datetime | None, by: Actor, at: datetime) -> Announcement:
    """Say when it goes out (None: as soon as may be). Where it reaches many, or disturbs at night, somebody else approves it first.

    VIP customers hear it first, so that others hear it ``VIP_LEAD_MINUTES`` from now at the earliest; what is for safety waits for nobody.
    Raises Forbidden, BadAnnouncement for an hour that has passed or when nobody would be told, WrongMove, StaleRow.
    """
    permissions.check_may_announce(by, at=at)
    reach = reach_of(wanted_by(announcement), at=at)
    if not reach.customers:
        raise BadAnnouncement("condition", _("Nobody would be told. Choose other people or other ways."))
    hours = _hours(announcement, publish_at, at)
    fields = {**hours, "expected": reach.customers, "approved_by": None, "approved_at": None}
    if needs_approval(announcement, reach.customers):
        move(announcement, ANNOUNCEMENT, "offer", by=by, at=at, fields=fields, customers=reach.customers)
        announcement_letters_out.ask_approvers(announcement=announcement, at=at)
    else:
        move(announcement, ANNOUNCEMENT, "schedule", by=by, at=at, fields=fields, **_told(announcement, hours, reach.customers))
    return announcement


def needs_approval(announcement: Announcement, customers: int) -> bool:
    """Whether a second person must look at it before it reaches so many."""
    return announcement.is_safety or customers >= settings.ANNOUNCE_ALONE_BELOW


@transaction.atomic
def approve(*, announcement: Announcement, by: Actor, at: datetime) -> Announcement:
    """Let it go out at its hour; where that has passed meanwhile, as soon as may be. Never one's own.

    Raises Forbidden, WrongMove, StaleRow.
    """
    permissions.check_may_approve(by, announcement, at=at)
    hours = _hours(announcement, max(announcement.publish_at or at, _earliest(announcement, at)), at)
    fields = {**hours, "approved_by": casework.queries.staff_behind(by), "approved_at": at}
    move(announcement, ANNOUNCEMENT, "approve", by=by, at=at, fields=fields, **_told(announcement, hours, announcement.expected))
    announcement_letters_out.tell_writer(announcement=announcement, at=at)
    return announcement


@transaction.atomic
def send_back(*, announcement: Announcement, reason: str, by: Actor, at: datetime) -> Announcement:
    """Not like this: its writer reads why. Raises Forbidden, BadAnnouncement without a reason, WrongMove, StaleRow."""
    permissions.check_may_approve(by, announcement, at=at)
    move(announcement, ANNOUNCEMENT, "send_back", by=by, at=at, fields={"said": _reason(reason)})
    announcement_letters_out.tell_writer(announcement=announcement, at=at)
    return announcement


@transaction.atomic
def move_hour(*, announcement: Announcement, publish_at: datetime, by: Actor, at: datetime) -> Announcement:
    """Another hour for what is scheduled; the promise of the old one is withdrawn. Raises Forbidden, BadAnnouncement, StaleRow."""
    permissions.check_may_announce(by, at=at)
    if not announcement.is_scheduled:
        raise BadAnnouncement("publish_at", _("Only what is scheduled and has not gone out can be moved."))
    hours = _hours(announcement, publish_at, at)
    told = _told(announcement, hours, announcement.expected)
    steps = [Step("announcement.moved"), Step("announcement.scheduled", told)]
    amend(announcement, fields=hours, steps=steps, by=by, at=at)
    return announcement


@transaction.atomic
def call_off(*, announcement: Announcement, reason: str, by: Actor, at: datetime) -> Announcement:
    """Nothing (more) goes out, from this moment on; what is owed is given up in portions afterwards. What went out stays gone.

    Raises Forbidden, BadAnnouncement without a reason, WrongMove, StaleRow.
    """
    permissions.check_may_announce(by, at=at)
    was_sending = announcement.is_sending
    fields: dict[str, Any] = {"said": _reason(reason), "finished_at": at}
    move(announcement, ANNOUNCEMENT, "cancel", by=by, at=at, fields=fields)
    if was_sending:
        announcement_sending.owe_clearing(announcement=announcement.pk, at=at)
    return announcement


def send_again(*, announcement: Announcement, by: Actor, at: datetime) -> int:
    """Owe again whatever was given up though its words are there, under the same keys; how many. Raises Forbidden, WrongMove, StaleRow."""
    permissions.check_may_announce(by, at=at)
    return announcement_sending.resume(announcement=announcement, by=by, at=at)


def _check(draft: Draft) -> None:
    written = [one for one in draft.texts.values() if one.title.strip() or one.text.strip()]
    if not written or any(not (one.title.strip() and one.text.strip()) for one in written):
        raise BadAnnouncement("texts", _("Write a title and a text, in one language at least."))
    if settings.LANGUAGE_CODE not in draft.texts or not draft.texts[settings.LANGUAGE_CODE].text.strip():
        raise BadAnnouncement("texts", _("Write it in the house's language too: whoever reads another one without words gets those."))
    known = audiences.audiences()
    if draft.condition and draft.condition not in known:
        raise BadAnnouncement("condition", _("No room knows such people."))
    if draft.kind == AnnouncementKind.PAYMENT and not draft.condition:
        raise BadAnnouncement("condition", _("A payment notice goes to people who owe something or will: choose who."))
    places = known[draft.condition].placeholders if draft.condition else {}
    for one in written:
        for wrong in unknown_in(f"{one.title} {one.text}", places):
            facts = {"name": wrong, "known": _known(places)}
            raise BadAnnouncement("texts", _("“{%(name)s}” means nothing here. Known: %(known)s.") % facts)


def _known(places: Mapping[str, object]) -> str:
    return ", ".join(f"{{{name}}}" for name in places) or "—"


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "segments": sorted(draft.segments),
        "price_classes": sorted(draft.price_classes),
        "condition": draft.condition,
        "ways": sorted(draft.ways),
        "is_safety": draft.is_safety,
        # What only its reader may know stands on no page.
        "is_public": draft.is_public and not draft.condition,
        "public_until": draft.public_until,
        "said": "",
    }


def _write_texts(announcement: Announcement, draft: Draft) -> None:
    rows = [
        AnnouncementText(announcement=announcement, language=language, title=" ".join(one.title.split())[:120], text=one.text.strip())
        for language, one in draft.texts.items()
        if one.text.strip()
    ]
    AnnouncementText.objects.bulk_create(rows)
    announcement.territories.set(draft.places)


def _lead(announcement: Announcement) -> timedelta:
    """How long before others VIP customers are told; of a danger all hear at once."""
    return timedelta(0) if announcement.is_safety else in_business_time(timedelta(minutes=settings.VIP_LEAD_MINUTES))


def _earliest(announcement: Announcement, at: datetime) -> datetime:
    return at + max(_lead(announcement), in_business_time(READY))


def _hours(announcement: Announcement, publish_at: datetime | None, at: datetime) -> dict[str, datetime]:
    """When others and VIP customers are told. Raises BadAnnouncement."""
    if publish_at is not None and publish_at < at:
        raise BadAnnouncement("publish_at", _("This hour has passed."))
    hour = max(publish_at or at, _earliest(announcement, at))
    return {"publish_at": hour, "vip_at": hour - _lead(announcement), "public_until": announcement.public_until or hour + ON_THE_PAGE}


def _told(announcement: Announcement, hours: Mapping[str, datetime], customers: int) -> dict[str, Any]:
    """What its clock needs to know (T32)."""
    return {
        "kind": "announcement",
        "classification": announcement.kind,
        "publish_at": hours["publish_at"].isoformat(),
        "owner": announcement.written_by_id,
        "customers": customers,
    }


def _reason(reason: str) -> str:
    if not reason.strip():
        raise BadAnnouncement("reason", _("Say why, in a few words."))
    return reason.strip()[:300]
