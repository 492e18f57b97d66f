"""Two phones, or one that sends twice at once: every deed and every picture counts once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection

import fieldwork.operations
from accounts.actors import System
from casework.models import Attachment
from casework.queries import prove_journal
from fieldwork.models import DeviceAction, DevicePhoto, Evidence, Visit
from fieldwork.operations import photos, syncing
from fieldwork.operations.deeds import Deed
from fieldwork.operations.evidence import Findings
from fieldwork.operations.syncing import Told
from tests.casework.conftest import PNG

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def visit(transactional_db, asked, near, now):
    visit = asked(at=now - timedelta(hours=1))
    fieldwork.operations.offer(visit=visit, crew=near, by=System("dispatch"), at=now - timedelta(hours=1))
    return visit


def at_once(*acts):
    """Each in a thread with a connection of its own; what they answered."""

    def run(act):
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [one.result() for one in [threads.submit(run, act) for act in acts]]


def test_a_batch_sent_twice_at_once_is_carried_out_once(visit, hong, now):
    steps = [
        ("accept", Findings()),
        ("arrive", Findings(gas_ppm=5, photos=("p",))),
        ("made_safe", Findings()),
        ("evidence", Findings(note="x")),
    ]
    told = [
        Told(key=verb, device_at=now - timedelta(minutes=20 - n), deed=Deed(visit=visit.pk, verb=verb, found=found))
        for n, (verb, found) in enumerate(steps)
    ]

    def send():
        return syncing.take_in(told=told, ahead=timedelta(), by=hong.user, at=now)

    for heard in at_once(send, send, send):
        assert [one.outcome for one in heard] == ["applied"] * 4
    assert (DeviceAction.objects.count(), Evidence.objects.count()) == (4, 2)
    assert Visit.objects.get().status == "on_site"
    assert prove_journal().fault == ""


def test_a_step_is_not_refused_for_where_the_visit_stood_before_the_other_sending_moved_it(visit, hong, now, monkeypatch):
    steps = [Deed(visit=visit.pk, verb=verb) for verb in ("accept", "arrive", "made_safe")]
    told = [Told(key=deed.verb, device_at=now - timedelta(minutes=9), deed=deed) for deed in steps]
    read = syncing._visits

    def take_in(some):
        return [one.outcome for one in syncing.take_in(told=some, ahead=timedelta(), by=hong.user, at=now)]

    def read_and_lose_the_race(keys):
        monkeypatch.setattr(syncing, "_visits", read)
        visits = read(keys)
        assert take_in(told[:2]) == ["applied"] * 2
        return visits

    monkeypatch.setattr(syncing, "_visits", read_and_lose_the_race)
    assert take_in(told) == ["applied"] * 3


def test_a_picture_and_its_deed_that_come_at_once_find_each_other(visit, hong, now):
    def deed():
        told = [
            Told(key=f"d{n}", device_at=now, deed=Deed(visit=visit.pk, verb="evidence", found=Findings(photos=(f"p{n}",))))
            for n in range(6)
        ]
        return syncing.take_in(told=told, ahead=timedelta(), by=hong.user, at=now)

    def picture():
        for n in range(6):
            file = ContentFile(PNG + bytes([n]), name=f"{n}.png")
            photos.take_photo(visit=Visit.objects.get(), key=f"p{n}", file=file, by=hong.user, at=now)

    fieldwork.operations.accept(visit=visit, by=hong.user, at=now - timedelta(minutes=30))
    at_once(deed, picture, picture)
    assert Attachment.objects.count() == 6
    assert DevicePhoto.objects.filter(evidence=None).count() == 0
    assert Evidence.objects.filter(photo=None).count() == 0
