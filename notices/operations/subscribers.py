"""Owe other systems the events they asked for."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from casework.models import Case, Event, Timeline

from .. import queries
from ..models import Channel, Message, Subscription

#: What a webhook's message is called where others have their letter.
KIND = "webhook"
LIVES = timedelta(days=3)
#: An event of no timeline, to try an address out.
TEST = "webhook.test"


def owe_events(*, timeline: Timeline, events: Sequence[Event]) -> None:
    """Owe each event to whoever subscribed to it, in the transaction that records it. Ids, codes and numbers only."""
    wanted = [(event, found) for event in events if (found := queries.listening_to(event.verb))]
    if not wanted:
        return
    reference = Case.objects.filter(timeline=timeline).values_list("reference", flat=True).first()
    rows = [_row(event, pk, timeline, reference) for event, found in wanted for pk in found]
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def owe_test(*, subscription: Subscription, at: datetime) -> Message:
    """Owe a subscriber an event that means nothing, so that its makers see one arrive."""
    key = f"w{subscription.pk}:test:{int(at.timestamp() * 1000)}"
    body = {"type": TEST, "timestamp": at.isoformat(), "data": {}}
    return Message.objects.create(**_fields(subscription.pk, key, body, at), about=TEST)


def _row(event: Event, subscription: int, timeline: Timeline, reference: str | None) -> Message:
    data = {
        "timeline": timeline.pk,
        "kind": timeline.kind,
        "seq": event.seq,
        "reference": reference,
        "facts": event.facts,
    }
    body = {"type": event.verb, "timestamp": event.at.isoformat(), "data": data}
    key = f"w{subscription}:{timeline.pk}:{event.seq}"
    return Message(**_fields(subscription, key, body, event.at), about=event.verb)


def _fields(subscription: int, key: str, body: dict[str, Any], at: datetime) -> dict[str, Any]:
    return {
        "kind": KIND,
        "key": key,
        "channel": Channel.WEBHOOK,
        "subscription_id": subscription,
        "language": "en",
        "text": json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        "created_at": at,
        "next_attempt_at": at,
        "expires_at": at + LIVES,
    }
