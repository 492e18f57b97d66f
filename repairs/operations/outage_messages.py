"""Tell everybody an interruption touches, in portions: twenty thousand customers hold up nobody and are told once each.

Note [A round in portions]. The event writes one row, the round, and owes its first portion in the same transaction. The drain carries
portions out one after another: each goes on after the last account of the one before, priority customers first, and owes the next
one together with its messages. Whatever dies in between, a portion and its successor exist together or not at all; and a message's
key (round and customer) lets nobody be told twice, whatever number of doors they have.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

import notices.operations
from accounts.models import Account, Territory
from casework.models import Effect
from notices.models import Topic
from notices.operations import Notice
from notices.queries.announcement_reach import followers

from ..full_stops import closed
from ..models import Outage, OutageNotice
from ..queries.outage_names import short_names
from ..queries.outage_reach import PRIORITY, accounts_below, paths_of
from . import outage_calls

#: Topic of the effect that carries out a portion; repairs.reactions knows it.
TOPIC = "repairs.tell_customers"
PORTION = 200
#: What begins so soon is said at night too.
_SOON = timedelta(hours=24)
_RING = (OutageNotice.Kind.PLANNED, OutageNotice.Kind.BEGUN)
_PLACES = 3


def start_round(*, outage: Outage, kind: str, at: datetime) -> OutageNotice:
    """Owe a round of messages to everybody the interruption touches, in the caller's transaction."""
    notice = OutageNotice.objects.create(
        outage=outage,
        number=outage.notices.count() + 1,
        kind=kind,
        made_at=at,
        starts_at=outage.began_at or outage.starts_at,
        until=outage.ended_at or outage.promised_until,
        is_urgent=outage.is_under_way or outage.ended_at is not None or outage.starts_at - at < _SOON,
        expected=accounts_below(paths_of(outage)).count(),
    )
    _owe_portion(notice, at)
    return notice


def tell_also(*, outage: Outage, at: datetime) -> None:
    """It touches more places than was thought: the round that told of it goes on to whoever it did not reach, in the caller's transaction.

    Whoever has its message is not told again: the keys are the same.
    """
    row = outage.notices.filter(kind=OutageNotice.Kind.BEGUN).order_by("number").first()
    if row is None:
        return
    row.cursor, row.finished_at, row.written = "", None, 0
    row.until, row.expected = outage.promised_until, accounts_below(paths_of(outage)).count()
    row.save(update_fields=["cursor", "finished_at", "written", "until", "expected"])
    _owe_portion(row, at)


@transaction.atomic
def send_portion(*, notice: int, at: datetime) -> int:
    """Write the next messages of a round (its key), and owe the portion after them; how many accounts were gone through."""
    row = OutageNotice.objects.select_for_update(no_key=True, of=("self",)).select_related("outage").get(pk=notice)
    if row.finished_at is not None:
        return 0
    found, is_priority = _next(row)
    if found:
        _tell(row, found, at)
    if is_priority and row.kind in _RING:
        outage_calls.make_calls(outage=row.outage, accounts=found, at=at)
    row.written += len(found)
    row.cursor = _cursor(found, is_priority)
    # The last of the priority customers are followed by the others.
    is_last = len(found) < PORTION and not is_priority
    if is_last:
        _tell_followers(row, at)
    row.finished_at = at if is_last else None
    row.save(update_fields=["written", "cursor", "finished_at"])
    if not is_last:
        _owe_portion(row, at)
    return len(found)


def context_of(notice: OutageNotice, places: Collection[Territory] | None = None) -> dict[str, Any]:
    """What the words of a round are made of: the same for everybody who reads them. ``places``: of one that is only thought of yet."""
    outage = notice.outage
    names = short_names(list(outage.territories.all()) if places is None else places)
    return {
        "company": settings.COMPANY["name"],
        "phone": settings.COMPANY["hotline"],
        "reason": closed(outage.reason),
        "end_reason": closed(outage.end_reason),
        "is_accident": outage.is_accident,
        "places": ", ".join(names[:_PLACES]),
        "more_places": len(names) - _PLACES if len(names) > _PLACES else 0,
        "starts_at": notice.starts_at,
        "until": notice.until,
        "link": settings.SITE_URL + reverse("repairs:public_outages"),
    }


def letter_of(kind: str) -> str:
    """The letter of a kind of round."""
    return f"outage_{kind}"


def _next(row: OutageNotice) -> tuple[list[Account], bool]:
    """The next accounts, and whether they are those that come first."""
    phase, after = (int(part) for part in (row.cursor or "0:0").split(":"))
    rows = accounts_below(paths_of(row.outage)).select_related("customer").order_by("pk")
    if phase == 0:
        return _some(rows.filter(PRIORITY), after), True
    return _some(rows.exclude(PRIORITY), after), False


def _some(rows: QuerySet[Account], after: int) -> list[Account]:
    return list(rows.filter(pk__gt=after)[:PORTION])


def _cursor(found: Sequence[Account], is_priority: bool) -> str:
    if is_priority and len(found) < PORTION:
        return "1:0"
    return f"{0 if is_priority else 1}:{found[-1].pk if found else 0}"


def _tell(row: OutageNotice, found: Sequence[Account], at: datetime) -> None:
    context, kind, key = context_of(row), letter_of(row.kind), key_of(row)
    people = {account.customer_id: account.customer for account in found}
    letters = [
        Notice(kind=kind, key=key, to=customer, context=context, link=reverse("repairs:public_outages"), is_safety=row.is_urgent)
        for customer in people.values()
    ]
    notices.operations.owe_all(letters=letters, at=at)


def _tell_followers(row: OutageNotice, at: datetime) -> None:
    """Who follows a place hears of planned works there, once the households have; whoever lives there has the message already."""
    paths = paths_of(row.outage)
    if row.outage.is_accident or not paths:
        return
    people = {one.customer_id: one.customer for one in followers(paths).select_related("customer").order_by("pk")}
    context, link = context_of(row), reverse("repairs:public_outages")
    kind, key = letter_of(row.kind), key_of(row)
    letters = [Notice(kind=kind, key=key, to=customer, context=context, link=link, topic=Topic.PLACES) for customer in people.values()]
    notices.operations.owe_all(letters=letters, at=at)


def key_of(row: OutageNotice) -> str:
    """Under which key its messages are found; the customer's is added."""
    return f"outage:{row.outage_id}:{row.number}"


def _owe_portion(row: OutageNotice, at: datetime) -> None:
    # With the version of the interruption: a round that goes on to more places passes the same customers again.
    key = f"{row.pk}:{row.outage.version}:{row.cursor}"
    owed = Effect(topic=TOPIC, key=key, payload={"notice": row.pk}, created_at=at, next_attempt_at=at)
    Effect.objects.bulk_create([owed], ignore_conflicts=True)
