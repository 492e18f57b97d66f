"""A year of purchases of one compound, as rows: top-up, payment, receipt, and both postings of each."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from django.conf import settings
from stdnum.iso7064 import mod_37_36

from accounts.models import Hall
from billing.models import Book, Payment, Posting, Receipt, TopUp
from billing.states import TopUpStatus
from billing.tariffs import Line, split, total
from billing.verification import ALPHABET, LENGTH

from .households import Purchase
from .neighbours import Neighbour
from .numbering import Numbering, Place
from .people_at_work import ROSTER
from .prices import Price, PriceList
from .tables import ENTRY, PAYMENT, POSTING, RECEIPT, TOP_UP, Rows, moment

BY = "system:city"
_JSON = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True)
class Office:
    """What purchases are written down with: prices, halls, and everybody's place in time."""

    prices: PriceList
    halls: Mapping[str, Hall]
    numbering: Numbering


@dataclass(frozen=True)
class Sale:
    """One purchase, priced and numbered."""

    neighbour: Neighbour
    purchase: Purchase
    price: Price
    place: Place
    lines: Sequence[Line]
    amount: int
    position: int
    counter: int | None
    is_written: bool

    @property
    def reference(self) -> str:
        """Carried-over purchases count up under a letter of their own, with the check character of all references."""
        body = f"H{self.place.rank:010d}"
        return body + str(mod_37_36.calc_check_digit(body))


def add_purchases(rows: Rows, neighbours: Iterable[Neighbour], office: Office, rng: Random) -> None:
    """Everything these accounts bought, in the order in which each bought it."""
    for neighbour in neighbours:
        positions: Counter[int] = Counter()
        for place, purchase in enumerate(neighbour.household.purchases, start=1):
            sale = _price(neighbour, purchase, place, positions[purchase.day.year], office)
            positions[purchase.day.year] += purchase.litres
            _add(rows, sale, office, rng)


def _price(neighbour: Neighbour, purchase: Purchase, place: int, position: int, office: Office) -> Sale:
    household = neighbour.household
    is_written = place <= len(household.written)
    price = office.prices.on(household.price_class, purchase.day)
    lines = split(price.steps_for(neighbour.extra_persons), position=position, litres=purchase.litres)
    return Sale(
        neighbour=neighbour,
        purchase=purchase,
        price=price,
        place=office.numbering.of(household, purchase.moment, purchase.hall),
        lines=lines,
        amount=total(lines),
        position=position,
        counter=neighbour.equipment.counter + place if neighbour.equipment.card_id and is_written else None,
        is_written=is_written,
    )


def _add(rows: Rows, sale: Sale, office: Office, rng: Random) -> None:
    rank, paid = sale.place.rank, moment(sale.purchase.moment)
    written = moment(sale.purchase.moment + rng.randrange(15, 60)) if sale.is_written else None
    lines = [{"tier": x.tier, "litres": x.litres, "unit_price": x.unit_price, "amount": x.amount} for x in sale.lines]
    payment = _payment(sale, rng)
    _add_top_up(rows, sale, _JSON.encode(lines), paid, written)
    rows.add(PAYMENT, rank, rank, payment["method"], sale.amount, payment["tendered"], payment["slip"], paid)
    rows.add(
        RECEIPT,
        rank,
        office.halls[sale.purchase.hall].pk,
        sale.purchase.day.year,
        sale.place.number,
        "".join(rng.choices(ALPHABET, k=LENGTH)),
        Receipt.Kind.PAYMENT.value,
        rank,
        sale.amount,
        _JSON.encode(_facts(sale, lines, payment, office.halls[sale.purchase.hall], rng)),
        paid,
    )
    _add_postings(rows, sale, paid, written)


def _add_top_up(rows: Rows, sale: Sale, lines: str, paid: str, written: str | None) -> None:
    equipment = sale.neighbour.equipment
    rows.add(
        TOP_UP,
        sale.place.rank,
        sale.reference,
        sale.neighbour.account_id,
        equipment.meter_id,
        equipment.card_id,
        TopUp.Channel.CARRIED_OVER.value,
        (TopUpStatus.WRITTEN if sale.is_written else TopUpStatus.PAID).value,
        sale.purchase.litres,
        sale.amount,
        lines,
        sale.price.version_id,
        sale.purchase.day.year,
        sale.purchase.day.isoformat(),
        sale.counter,
        paid,
        written,
    )


def _add_postings(rows: Rows, sale: Sale, paid: str, written: str | None) -> None:
    """Carried over: the money reached the bank before our ledger began, the volume went to the card."""
    rank, account = sale.place.rank, sale.neighbour.account_id
    first, entry = 2 * rank - 1, 4 * rank - 3
    rows.add(POSTING, first, Posting.Kind.PAYMENT.value, paid, BY, rank)
    rows.add(ENTRY, entry, first, Book.OPENING.value, sale.amount, None)
    rows.add(ENTRY, entry + 1, first, Book.PREPAID.value, -sale.amount, account)
    if written is None:
        return
    rows.add(POSTING, first + 1, Posting.Kind.DELIVERY.value, written, BY, rank)
    rows.add(ENTRY, entry + 2, first + 1, Book.PREPAID.value, sale.amount, account)
    rows.add(ENTRY, entry + 3, first + 1, Book.SALES.value, -sale.amount, account)


def _payment(sale: Sale, rng: Random) -> dict[str, Any]:
    if rng.random() < 0.6:
        note = 10_000 if sale.amount > 5_000 else 1_000
        tendered = -(-sale.amount // note) * note
        return {
            "method": Payment.Method.CASH.value,
            "amount": sale.amount,
            "tendered": tendered,
            "change": tendered - sale.amount,
            "slip": "",
        }
    slip = f"{rng.randrange(10**12):012d}"
    return {"method": Payment.Method.BANK_CARD.value, "amount": sale.amount, "tendered": None, "change": None, "slip": slip}


def _facts(sale: Sale, lines: list[dict[str, int]], payment: dict[str, Any], hall: Hall, rng: Random) -> dict[str, Any]:
    """What stands on the receipt: the shape of billing.operations.receipts."""
    clerk = rng.choice(_clerks(hall.code))
    return {
        "company": str(settings.COMPANY["name"]),
        "hotline": str(settings.COMPANY["hotline"]),
        "currency": settings.CURRENCY,
        "language": hall.language,
        "hall": hall.name,
        "hall_address": hall.address,
        "counter": clerk[1],
        "clerk": clerk[0],
        "account": sale.neighbour.number,
        "holder": sale.neighbour.holder,
        "address": sale.neighbour.address,
        "meter": sale.neighbour.equipment.serial,
        "card": sale.neighbour.equipment.card,
        "reference": sale.reference,
        "litres": sale.purchase.litres,
        "free_litres": 0,
        "lines": lines,
        "purchase_counter": sale.counter,
        "tier_year": sale.purchase.day.year,
        "tariff": sale.price.tariff,
        "tariff_version": sale.price.number,
        "tariff_from": sale.price.effective_from.isoformat(),
        "decision": sale.price.decision,
        **payment,
        "position_before": sale.position,
        "position_after": sale.position + sale.purchase.litres,
        "issued_on": sale.purchase.day.isoformat(),
        "issued_by": BY,
    }


@cache
def _clerks(hall: str) -> list[tuple[str, int]]:
    """The staff numbers of a hall's clerks, each with the counter they sit at."""
    numbers = [number for _, number, _, code, role in ROSTER if code == hall and role.value == "clerk"]
    return [(number, place) for place, number in enumerate(numbers, start=1)]
