"""What is measured inside one process: statements per top-up, and the time of a receipt's PDF."""

import statistics
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.clock import business_now
from accounts.models import GasCard
from billing.devices.cards import decode, encode
from billing.models import CardWrite, Entry, Payment, Posting, Receipt, TopUp
from billing.operations.counter import sell_and_write
from billing.operations.papers import render_receipt
from billing.operations.sales import Order
from billing.queries.quotes import quote
from casework.models import AnsweredRequest, Effect, Event, Timeline
from desk.city.drawer import image_of

from . import bare
from .bridge import LITRES, Clerk, jobs

_NOT_QUERIES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


_WRITTEN = (AnsweredRequest, Timeline, Event, Effect, TopUp, Payment, Posting, Entry, Receipt, CardWrite)


@dataclass(frozen=True)
class Statements:
    """How many statements one top-up takes: the operation alone, and sale and result over HTTP and in the bare view."""

    operation: int
    sale: int
    result: int
    bare_sale: int
    bare_result: int


class UnequalRows(Exception):
    """The bare view does not write what the product writes: nothing can be compared."""


class _Chip:
    """A reader with one chip that takes every write."""

    def __init__(self, card: GasCard) -> None:
        self.image = image_of(card)

    def read(self):
        return self.image

    def write(self, image):
        self.image = replace(image, unlock="")
        return self.image


def queries_of_a_top_up(card_ids: Sequence[int], clerk: Clerk) -> Statements:
    """Counted once everything that is loaded once has been loaded."""
    _operation(card_ids[0], clerk)
    operation = _operation(card_ids[1], clerk)
    _over_http(card_ids[2], clerk)
    before = _rows()
    over_http = _over_http(card_ids[3], clerk)
    between = _rows()
    bare_view = _bare(card_ids[4], clerk)
    if (ours := between - before) != (theirs := _rows() - between):
        raise UnequalRows(ours, theirs)
    return Statements(operation, *over_http, *bare_view)


def _rows() -> Counter[str]:
    return Counter({table.__name__: table.objects.count() for table in _WRITTEN})


def _operation(card_id: int, clerk: Clerk) -> int:
    card, at = GasCard.objects.select_related("account__customer", "meter").get(pk=card_id), business_now()
    fingerprint = quote(account=card.account, at=at, litres=LITRES).fingerprint
    order = Order(
        account=card.account,
        card=card,
        shift=clerk.shift,
        litres=LITRES,
        fingerprint=fingerprint,
        method=Payment.Method.CASH,
        tendered=1000,
        key=uuid.uuid4().hex,
    )
    reader = _Chip(card)
    with CaptureQueriesContext(connection) as seen:
        sell_and_write(order=order, reader=reader, by=clerk.shift.clerk.user, at=at)
    return _count(seen)


def _over_http(card_id: int, clerk: Clerk) -> tuple[int, int]:
    job = jobs([card_id])[0]
    client = Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Bearer {clerk.token}", "Idempotency-Key": uuid.uuid4().hex})
    order = {
        "account": job.account,
        "litres": LITRES,
        "fingerprint": job.fingerprint,
        "method": "cash",
        "tendered": 1000,
        "image": encode(job.image),
    }
    with CaptureQueriesContext(connection) as sale:
        write = client.post("/api/v1/top-ups/", order, content_type="application/json").json()["write"]
    read_back = encode(replace(decode(write["image"]), unlock=""))
    with CaptureQueriesContext(connection) as result:
        answer = client.post(f"/api/v1/writes/{write['id']}/result/", {"image": read_back}, content_type="application/json")
    assert answer.status_code == 200, answer.content
    return _count(sale), _count(result)


def _bare(card_id: int, clerk: Clerk) -> tuple[int, int]:
    given = {"card": card_id, "shift": clerk.shift.pk, "litres": LITRES, "method": "cash", "tendered": 1000}
    with CaptureQueriesContext(connection) as sale:
        write = bare._sell(given)[-1]
    with CaptureQueriesContext(connection) as result:
        found = CardWrite.objects.select_related("top_up").get(pk=write.pk)
        bare._finish(found.top_up, found)
    return _count(sale), _count(result)


def _count(seen: CaptureQueriesContext) -> int:
    return sum(not query["sql"].startswith(_NOT_QUERIES) for query in seen.captured_queries)


def paper_ms() -> tuple[float, float]:
    """The first PDF of a process, and the median of twenty more, in milliseconds."""
    times = []
    for receipt in Receipt.objects.select_related("hall").order_by("pk")[:21]:
        began = time.perf_counter()
        render_receipt(receipt)
        times.append((time.perf_counter() - began) * 1000)
    return times[0], statistics.median(times[1:])
