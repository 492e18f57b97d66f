"""Kiosks: how they are, what customers are told of it, and who hears when one stops."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.permissions import Forbidden
from accounts.roles import Role
from billing.models import DeviceKey, Kiosk
from billing.operations import kiosks
from billing.operations.device_keys import make_key, revoke_key, rotate_key
from billing.operations.kiosks import CodeTaken, Health, KioskRetired
from billing.queries import kiosks as queries
from tests.factories.accounts import StaffFactory
from tests.factories.kiosks import DeviceKeyFactory, KioskFactory

FINE = Health(paper="good", reader="good", cash_box="none", door="good", software="2.1")
STATE, PART = Kiosk.State, Kiosk.Part


@pytest.fixture
def kiosk(hall, now):
    return KioskFactory(hall=hall, heard_at=now)


def verbs(kiosk):
    return list(kiosk.timeline.events.order_by("seq").values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, STATE.WORKING),
        ({"paper": PART.LOW}, STATE.WORKING),
        ({"paper": PART.EMPTY}, STATE.LIMITED),
        ({"cash_box": PART.FULL, "sells": True, "cash_ceiling": 100}, STATE.LIMITED),
        ({"cash_box": PART.FULL}, STATE.WORKING),  # it takes none
        ({"reader": PART.BROKEN, "paper": PART.EMPTY}, STATE.OUT),
        ({"door": PART.OPEN}, STATE.OUT),
        ({"heard_at": None}, STATE.SILENT),
        ({"reader": PART.BROKEN, "state": STATE.RETIRED}, STATE.RETIRED),
    ],
)
def test_customers_are_told_what_it_is_worth_to_them(now, said, state):
    kiosk = Kiosk(state=STATE.WORKING, heard_at=now, cash_box=PART.NONE)
    for name, value in said.items():
        setattr(kiosk, name, value)
    assert queries.state_of(kiosk, at=now) == state


class TestHeartbeat:
    def test_a_change_is_published_in_the_same_moment(self, kiosk, qiang, now):
        kiosks.note_heartbeat(kiosk=kiosk, health=replace(FINE, reader="broken"), by=qiang.user, at=now)
        kiosk.refresh_from_db()
        assert (kiosk.state, kiosk.since, kiosk.software) == (STATE.OUT, now, "2.1")
        assert verbs(kiosk) == ["kiosk.status_changed", "kiosk.list_published"]

    def test_what_stays_as_it_is_makes_no_noise(self, kiosk, qiang, now):
        kiosks.note_heartbeat(kiosk=kiosk, health=replace(FINE, paper="low"), by=qiang.user, at=now + timedelta(minutes=1))
        kiosk.refresh_from_db()
        assert (verbs(kiosk), kiosk.paper, kiosk.heard_at) == ([], "low", now + timedelta(minutes=1))
        assert kiosk.history.count() == 1  # how it is does not belong to what it is

    def test_one_that_was_taken_away_is_not_heard(self, kiosk, ada, now):
        kiosks.retire_kiosk(kiosk=kiosk, by=ada.user, at=now)
        with pytest.raises(KioskRetired):
            kiosks.note_heartbeat(kiosk=kiosk, health=FINE, by=ada.user, at=now)


class TestSilence:
    def test_it_is_noticed_once_until_it_speaks_again(self, kiosk, now):
        assert kiosks.watch_kiosks(at=now + timedelta(minutes=4)) == 0
        assert [kiosks.watch_kiosks(at=now + timedelta(minutes=minute)) for minute in (5, 6)] == [1, 0]
        kiosks.note_heartbeat(kiosk=kiosk, health=FINE, by=kiosks._WATCH, at=now + timedelta(minutes=7))
        assert kiosks.watch_kiosks(at=now + timedelta(minutes=13)) == 1
        assert verbs(kiosk).count("kiosk.status_changed") == 3

    def test_the_list_does_not_wait_for_the_job(self, kiosk, now):
        assert queries.state_of(kiosk, at=now + timedelta(minutes=6)) == STATE.SILENT

    def test_its_keepers_hear_of_it_once(self, kiosk, qiang, now):
        from casework.operations import drain
        from notices.models import Message

        kiosks.watch_kiosks(at=now + timedelta(minutes=5))
        for _ in "12":
            drain(now + timedelta(minutes=5))
        assert list(Message.objects.filter(kind="kiosk_stopped", channel="inbox").values_list("staff", flat=True)) == [qiang.pk]

    def test_one_that_works_again_wakes_nobody(self, hall, now):
        kiosk = KioskFactory(hall=hall, heard_at=None, state=STATE.SILENT)
        kiosks.note_heartbeat(kiosk=kiosk, health=FINE, by=kiosks._WATCH, at=now)
        assert verbs(kiosk) == ["kiosk.status_changed", "kiosk.list_published"]
        from billing.reactions import tell_keepers

        tell_keepers(kiosk.timeline.events.first(), now)
        from notices.models import Message

        assert not Message.objects.exists()


class TestKeys:
    def test_a_new_one_leaves_the_old_one_a_day(self, kiosk, ada, now):
        first = make_key(kiosk=kiosk, by=ada.user, at=now)
        second = rotate_key(kiosk=kiosk, by=ada.user, at=now)
        assert [key.pk for key in queries.live_keys(kiosk, now)] == [second.key.pk, first.key.pk]
        assert [key.pk for key in queries.live_keys(kiosk, now + timedelta(hours=24))] == [second.key.pk]

    def test_the_secret_is_not_kept_in_the_clear(self, kiosk, ada, now):
        made = make_key(kiosk=kiosk, by=ada.user, at=now)
        assert made.secret not in str(DeviceKey.objects.values())
        assert verbs(kiosk) == ["kiosk.key_made"]

    def test_a_revoked_one_is_over_at_once_and_stays_so(self, kiosk, ada, now):
        key = make_key(kiosk=kiosk, by=ada.user, at=now).key
        for _ in "12":
            revoke_key(key=key, by=ada.user, at=now)
        assert queries.live_keys(kiosk, now) == []
        assert verbs(kiosk) == ["kiosk.key_made", "kiosk.key_revoked"]

    def test_it_takes_the_verb(self, kiosk, fang, now):
        with pytest.raises(Forbidden):
            make_key(kiosk=kiosk, by=fang.user, at=now)


def plan_of(kiosk, **changes):
    names = ("code", "name", "address", "hall", "territory", "latitude", "longitude", "hours", "sells", "cash_ceiling")
    return {name: getattr(kiosk, name) for name in names} | changes


def test_two_machines_do_not_share_a_code(kiosk, ada, now):
    with pytest.raises(CodeTaken):
        kiosks.enrol_kiosk(**plan_of(kiosk, code=kiosk.code.lower()), by=ada.user, at=now)


def test_it_is_silent_until_it_speaks(hall, ada, now):
    made = kiosks.enrol_kiosk(**plan_of(KioskFactory.build(hall=hall, territory=hall.territory, code="n1")), by=ada.user, at=now)
    assert (made.code, made.state, verbs(made)) == ("N1", STATE.SILENT, ["kiosk.enrolled"])


def test_taking_it_away_ends_its_keys(kiosk, ada, now):
    DeviceKeyFactory(kiosk=kiosk)
    kiosks.retire_kiosk(kiosk=kiosk, by=ada.user, at=now)
    kiosk.refresh_from_db()
    assert (kiosk.state, queries.live_keys(kiosk, now)) == (STATE.RETIRED, [])


def test_those_in_need_come_first(kiosk, hall, now):
    out = KioskFactory(hall=hall, heard_at=now, reader="broken", state=STATE.OUT)
    KioskFactory(hall=hall, state=STATE.RETIRED)
    lines = queries.fleet(now)
    assert [(line.kiosk.pk, line.troubles) for line in lines] == [(out.pk, ["reader"]), (kiosk.pk, [])]


@pytest.mark.usefixtures("book")
def test_the_promise_of_a_list_in_real_time_is_kept_by_itself(kiosk, qiang, now):
    """T04: the clock begins and ends in the transaction of the change."""
    from sla.models import Clock

    kiosks.note_heartbeat(kiosk=kiosk, health=replace(FINE, reader="broken"), by=qiang.user, at=now)
    clock = Clock.objects.get(timeline=kiosk.timeline, promise="T04")
    assert (clock.started_at, clock.stopped_at) == (now, now)


def test_a_branch_manager_may_look_after_machines(kiosk, now):
    boss = StaffFactory(roles=[Role.BRANCH_MANAGER])
    assert make_key(kiosk=kiosk, by=boss.user, at=now).secret
