"""What a read of a card means: one answer, in the hall, in the API and in the cabinet."""

import pytest

from accounts.models import Account, GasCard
from billing.devices.cards import CardKind
from billing.diagnoses import Diagnosis
from billing.models import SimulatedChip
from billing.operations import begin_write, finish_write, read_card, sell
from billing.operations.counter import read_now
from billing.states import TopUpStatus
from tests.factories.billing import TopUpFactory, image_of


def test_a_card_in_order_is_ready(card, account, fang, now):
    reading = read_card(seen=image_of(card), by=fang.user, at=now)
    assert (reading.diagnosis, reading.card, reading.account) == (Diagnosis.READY, card, account)
    assert (reading.code, reading.sentence) == ("ready", "The card is in order.")


@pytest.mark.parametrize(
    ("changes", "diagnosis"),
    [
        ({"factory_code": "0099"}, Diagnosis.FOREIGN),
        ({"area_code": "5101"}, Diagnosis.FOREIGN),
        ({"kind": CardKind.TOOL}, Diagnosis.TOOL),
        ({"card_number": "9999999999"}, Diagnosis.UNKNOWN_CARD),
        ({"counter": 4}, Diagnosis.WRONG_COUNTER),
        ({"litres": 500}, Diagnosis.STILL_FULL),
        ({"money": 500}, Diagnosis.STILL_FULL),
    ],
)
def test_the_card_itself_may_be_wrong(card, fang, now, changes, diagnosis):
    assert read_card(seen=image_of(card, **changes), by=fang.user, at=now).diagnosis == diagnosis


@pytest.mark.parametrize(
    ("status", "diagnosis"),
    [("lost", Diagnosis.CARD_LOST), ("replaced", Diagnosis.CARD_REPLACED), ("returned", Diagnosis.CARD_RETURNED)],
)
def test_a_card_out_of_use_says_why(card, fang, now, status, diagnosis):
    GasCard.objects.update(status=status, ended_at=now)
    assert read_card(seen=image_of(card), by=fang.user, at=now).diagnosis == diagnosis


@pytest.mark.parametrize(
    ("changes", "diagnosis"),
    [
        ({"status": "frozen", "frozen_reason": "debt"}, Diagnosis.ACCOUNT_FROZEN),
        ({"status": "closed", "closed_at": "2026-11-01T00:00Z"}, Diagnosis.ACCOUNT_CLOSED),
    ],
)
def test_the_account_may_be_in_the_way(card, fang, now, changes, diagnosis):
    Account.objects.update(**changes)
    assert read_card(seen=image_of(card), by=fang.user, at=now).diagnosis == diagnosis


def test_a_paid_order_waits_to_be_written(card, account, fang, now):
    waiting = TopUpFactory(account=account, status=TopUpStatus.FAILED)
    reading = read_card(seen=image_of(card), by=fang.user, at=now)
    assert (reading.diagnosis, reading.unwritten) == (Diagnosis.UNWRITTEN, [waiting])


def test_a_write_that_the_card_cannot_settle_is_named(order_of, card, fang, now):
    write = begin_write(top_up=sell(order=order_of(), by=fang.user, at=now), seen=image_of(card), by=fang.user, at=now)
    finish_write(write=write, read_back=None, error="power_lost", by=fang.user, at=now)
    assert read_card(seen=image_of(card, counter=9), by=fang.user, at=now).diagnosis == Diagnosis.NOT_SETTLED


@pytest.mark.parametrize(("content", "diagnosis"), [("", Diagnosis.EMPTY), ("00ff", Diagnosis.DAMAGED)])
def test_a_reader_that_cannot_read_gives_a_diagnosis(reader, fang, now, content, diagnosis):
    SimulatedChip.objects.update(image=content)
    reading = read_now(reader=reader, by=fang.user, at=now)
    assert (reading.diagnosis, reading.image, reading.card) == (diagnosis, None, None)


def test_a_reader_without_a_card_says_so(reader, fang, now):
    SimulatedChip.objects.update(counter=None)
    assert read_now(reader=reader, by=fang.user, at=now).diagnosis == Diagnosis.NO_CARD


def test_every_diagnosis_has_a_sentence():
    assert all(str(diagnosis.label).endswith(".") for diagnosis in Diagnosis)
