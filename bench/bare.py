"""A bare REST framework view that writes the rows of a counter top-up and knows no rule: what the framework itself costs.

As in the product the sale is one request with one transaction, and the result of the card write another. It writes rows of the
same tables, as many and about as long (``bench.inside`` counts them on both sides), each table's with the statement that the ORM
makes for it, which is how one writes such a view; the product puts a sale's new rows into one statement. It reads only the card
it writes to and, like the product, locks card, account and shift, which on PostgreSQL is a write to their rows too. What it
leaves out is what it is to be compared with: sign-in, rights, throttle, price, limits, tills, refusals, hash chain, repeats.

Not a part of the product. Served by ``bench.bare_settings``.
"""

import secrets

from django.db import transaction
from django.db.models import F
from django.urls import path
from django.utils import timezone
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from sequences import get_next_value

from accounts.models import GasCard
from billing.models import CardWrite, Entry, Payment, Posting, Receipt, Shift, TopUp
from casework.models import AnsweredRequest, Effect, Event, Timeline


class SaleInput(serializers.Serializer):
    card = serializers.IntegerField()
    shift = serializers.IntegerField()
    litres = serializers.IntegerField(min_value=1)
    method = serializers.CharField(max_length=12)
    tendered = serializers.IntegerField()
    image = serializers.CharField()


class ResultInput(serializers.Serializer):
    image = serializers.CharField()


@api_view(["POST"])
def top_up(request: Request) -> Response:
    given = SaleInput(data=request.data)
    given.is_valid(raise_exception=True)
    top_up, receipt, write = _sell(given.validated_data)
    return Response(
        {
            "write": {"id": write.pk, "image": _HEX},
            "reference": top_up.reference,
            "status": top_up.status,
            "litres": top_up.litres,
            "amount": top_up.amount,
            "lines": top_up.lines,
            "receipt": receipt.number,
            "code": receipt.code,
        },
        status=201,
    )


@api_view(["POST"])
def result(request: Request, write: int) -> Response:
    given = ResultInput(data=request.data)
    given.is_valid(raise_exception=True)
    found = CardWrite.objects.select_related("top_up").get(pk=write)
    _finish(found.top_up, found)
    return Response({"reference": found.top_up.reference, "status": "written"})


@transaction.atomic
def _sell(given):
    now, amount = timezone.now(), 283
    card = GasCard.objects.select_for_update(no_key=True, of=("self", "account")).select_related("account").get(pk=given["card"])
    shift = Shift.objects.select_for_update(no_key=True).get(pk=given["shift"])
    AnsweredRequest.objects.create(caller="bench", key=secrets.token_hex(16), fingerprint="f" * 64, status_code=201, body="x" * 850, at=now)
    timeline = Timeline.objects.create(kind="top_up", opened_at=now, last_seq=3, last_hash="a" * 64)
    verbs = ("top_up.paid", "top_up.reserve", "top_up.begin_write")
    Event.objects.bulk_create(
        Event(
            timeline=timeline, seq=n, verb=verb, at=now, by="user:1", facts={"litres": given["litres"], "card": "1000000000"}, hash="a" * 64
        )
        for n, verb in enumerate(verbs, start=1)
    )
    topics = ("billing.reactions.make_papers", "billing.reactions.write_to_customer")
    Effect.objects.bulk_create(
        Effect(topic=topic, key=f"{timeline.pk}:1", payload={"timeline": timeline.pk, "seq": 1}, created_at=now, next_attempt_at=now)
        for topic in topics
    )
    top_up = TopUp.objects.create(
        reference=secrets.token_hex(6),
        idempotency_key=secrets.token_hex(16),
        account_id=card.account_id,
        meter_id=card.meter_id,
        card=card,
        shift=shift,
        channel="counter",
        status="writing",
        litres=given["litres"],
        amount=amount,
        lines=[{"tier": 1, "litres": given["litres"], "unit_price": 28325, "amount": amount}],
        tariff_version_id=1,
        tier_year=now.year,
        bought_on=now.date(),
        counter=card.counter + 1,
        paid_at=now,
        timeline=timeline,
    )
    Payment.objects.create(top_up=top_up, method=given["method"], amount=amount, tendered=given["tendered"], at=now)
    posting = Posting.objects.create(kind="payment", at=now, by="user:1", top_up=top_up, shift=shift)
    Entry.objects.bulk_create(
        [
            Entry(posting=posting, book="cash", amount=amount, shift=shift),
            Entry(posting=posting, book="prepaid", amount=-amount, account_id=card.account_id),
        ]
    )
    number = get_next_value("receipt:BARE:2026")
    receipt = Receipt.objects.create(
        hall_id=1, year=1901, number=number, code=secrets.token_hex(10), top_up=top_up, amount=amount, facts=_FACTS, issued_at=now
    )
    write = CardWrite.objects.create(
        card=card, top_up=top_up, operation="purchase", before=_IMAGE, wanted=_IMAGE, started_at=now, by="user:1"
    )
    return top_up, receipt, write


@transaction.atomic
def _finish(top_up, write):
    now = timezone.now()
    CardWrite.objects.filter(pk=write.pk).update(outcome="written", read_back=_IMAGE, ended_at=now)
    on_the_chip = {"counter": top_up.counter, "password": "f" * 16, "cumulative_litres": F("cumulative_litres") + top_up.litres}
    GasCard.objects.filter(pk=top_up.card_id).update(**on_the_chip)
    TopUp.objects.filter(pk=top_up.pk, version=0).update(status="written", written_at=now, version=1)
    Timeline.objects.filter(pk=top_up.timeline_id, last_seq=3).update(last_seq=4, last_hash="b" * 64)
    Event.objects.create(timeline_id=top_up.timeline_id, seq=4, verb="top_up.confirm", at=now, by="user:1", hash="b" * 64)
    posting = Posting.objects.create(kind="delivery", at=now, by="user:1", top_up=top_up)
    Entry.objects.bulk_create(
        [
            Entry(posting=posting, book="prepaid", amount=top_up.amount, account_id=top_up.account_id),
            Entry(posting=posting, book="sales", amount=-top_up.amount, account_id=top_up.account_id),
        ]
    )


_FACTS = {f"fact {n}": "x" * 29 for n in range(24)}
_IMAGE = {f"field {n}": "x" * 11 for n in range(20)}
_HEX = "0f" * 128
urlpatterns = [path("top-ups/", top_up), path("writes/<int:write>/result/", result)]
