"""A reader bridge on a counter: sells over the API, writes the chip it holds, sends the result. Counted as one top-up."""

import itertools
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

import accounts.operations.tokens
import billing.operations.shifts
from accounts.clock import business_now
from accounts.models import Counter, GasCard, Staff
from billing.devices.cards import CardImage, decode, encode
from billing.models import Shift
from billing.queries.quotes import quote
from desk.city.drawer import image_of

from .load import Caller

LITRES = 1000
_CLERKS = ("fang", "lei", "juan", "yan")


@dataclass(frozen=True)
class Clerk:
    """Somebody with an open shift and a device token."""

    shift: Shift
    token: str


def clerks() -> list[Clerk]:
    """Four of them, each at a counter of their own."""
    at, found = business_now(), []
    for username in _CLERKS:
        staff = Staff.objects.select_related("hall", "user").get(user__username=username)
        counter = Counter.objects.filter(hall=staff.hall, shifts=None).order_by("pk").first()
        shift = billing.operations.shifts.open_shift(counter=counter, clerk=staff, float_amount=50_000, at=at)
        _row, token = accounts.operations.tokens.open_token(user=staff.user, device="bench", life=timedelta(hours=9), at=timezone.now())
        found.append(Clerk(shift, token))
    return found


@dataclass(frozen=True)
class Job:
    """A card in the customer's hand, with the fingerprint of the price they agreed to."""

    account: str
    image: CardImage
    fingerprint: str


def jobs(card_ids: Sequence[int]) -> list[Job]:
    """Cards as their chips show them now, quoted."""
    at = business_now()
    cards = GasCard.objects.select_related("account__customer", "meter").filter(pk__in=card_ids)
    return [Job(card.account.number, image_of(card), quote(account=card.account, at=at, litres=LITRES).fingerprint) for card in cards]


class Bridge:
    """One client. ``sell`` is the measured round; with ``with_quote`` the price is asked for first, as a clerk would."""

    def __init__(self, port: int, clerk: Clerk, work: Sequence[Job], *, with_quote: bool) -> None:
        self._caller, self._with_quote = Caller(port, clerk.token), with_quote
        self._work: Iterator[Job] = itertools.chain(work)

    def sell(self) -> None:
        """Quote if wanted, sale with the card's image, write, result."""
        job = next(self._work)
        fingerprint = job.fingerprint
        if self._with_quote:
            fingerprint = self._caller.post("/api/v1/quotes/", {"account": job.account, "litres": LITRES})["fingerprint"]
        order = {
            "account": job.account,
            "litres": LITRES,
            "fingerprint": fingerprint,
            "method": "cash",
            "tendered": 1000,
            "image": encode(job.image),
        }
        write = self._caller.post("/api/v1/top-ups/", order, Idempotency_Key=uuid.uuid4().hex)["write"]
        read_back = encode(replace(decode(write["image"]), unlock=""))
        self._caller.post(f"/api/v1/writes/{write['id']}/result/", {"image": read_back})
