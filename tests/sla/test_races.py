"""Editors and sweepers at the same clocks, with real threads and a working calendar: what must hold whatever the order."""

import random
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection

from accounts.actors import System
from accounts.roles import Role
from casework.models import Effect
from casework.operations import Opening, Step, drain, open_case, record
from sla import deadlines
from sla.models import Alarm, Clock, Escalation, Fault
from sla.operations import NothingToAcknowledge, acknowledge, sweep_alarms
from sla.operations.extensions import NoMoreTime, Wish, approve_extension, ask_for_time
from sla.queries.histories import read_clock
from sla.queries.policies import policies_at
from tests.factories.accounts import StaffFactory
from tests.factories.sla import CalendarVersionFactory, PromiseVersionFactory

pytestmark = pytest.mark.django_db(transaction=True)
BY = System("race")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FORM = {"is_allowed": True, "times": 5, "share": 500, "approvers": [[500, "supervisor"]]}
WEEK = {str(day): [["08:30", "12:00"], ["13:30", "17:30"]] for day in range(7)}


def all_at_once(*acts):
    """Each in a thread with a connection of its own, begun together; what went wrong."""
    barrier, wrong = threading.Barrier(len(acts)), []

    def run(act):
        close_old_connections()
        barrier.wait(10)
        try:
            act()
        except Exception as fault:  # noqa: BLE001 - the test looks at it
            wrong.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return wrong


class Hurry:
    """A clock on which a working week passes in seconds."""

    SPEED = 50_000

    def __init__(self, start):
        self.start, self.began, self.waits = start, time.monotonic(), 0

    def now(self):
        return self.start + timedelta(seconds=(time.monotonic() - self.began) * self.SPEED)

    @property
    def is_over(self):
        """After four seconds; a machine too busy to do much in them goes on for up to a minute."""
        lived = time.monotonic() - self.began
        return lived > 60 or (lived > 4 and self.waits > 20)


def opened(clerk, at):
    return open_case(opening=Opening(kind="general_request", subject="tap", channel="hall"), by=clerk.user, at=at)


@pytest.fixture
def rosa(hall):
    return StaffFactory(hall=hall, roles=[Role.SUPERVISOR])


@pytest.fixture
def cases(fang, rosa, now):
    CalendarVersionFactory(key="hall", is_always=False, weekly=WEEK)
    ladder = [["50%", "owner"], ["80%", "owner"], ["100%", "supervisor"]]
    PromiseVersionFactory(calendar="hall", limit="PT6H", extension=FORM, ladder=ladder)
    return [opened(fang, now) for _ in range(12)]


class Editor:
    """Somebody who does something to some case again and again."""

    def __init__(self, number, cases, clock, staff):
        self.random, self.cases, self.clock, self.staff = random.Random(number), cases, clock, staff
        self.done = Counter()

    def __call__(self):
        while not self.clock.is_over:
            case = self.random.choice(self.cases)
            verb = self.random.choices(["waiting_for_customer", "customer_answered", "extend", "answered"], [4, 5, 3, 0.2])[0]
            late = self.random.choice([0, 0, 0, 1]) * HOUR
            if verb == "extend":
                self.extend(case)
            else:
                record(timeline_id=case.timeline_id, steps=[Step(f"case.{verb}")], by=BY, at=self.clock.now() - late)
            self.done[verb] += 1
            self.clock.waits += verb == "waiting_for_customer"
            time.sleep(0.005)

    def extend(self, case):
        fang, rosa = self.staff
        try:
            clock = Clock.objects.get(timeline=case.timeline_id)
            wish = Wish(due_at=(clock.due_at or self.clock.now()) + 2 * HOUR, reason="parts", explanation="x")
            asked = ask_for_time(clock=clock, wish=wish, by=fang.user, at=self.clock.now())
            approve_extension(extension=asked, by=rosa.user, at=self.clock.now())
        except NoMoreTime:
            self.done["refused"] += 1


def sweeper(clock):
    def act():
        while not clock.is_over:
            sweep_alarms(at=clock.now(), by=BY)
            time.sleep(0.01)

    return act


@pytest.fixture
def race(cases, fang, rosa, now):
    """Four seconds of it; then every clock runs on and time passes until everything is due."""
    clock = Hurry(now)
    editors = [Editor(number, cases, clock, (fang, rosa)) for number in range(3)]
    wrong = all_at_once(*editors, sweeper(clock), sweeper(clock))
    assert wrong == []
    for case in cases:
        record(timeline_id=case.timeline_id, steps=[Step("case.customer_answered")], by=BY, at=clock.now())
    end = clock.now()
    sweep_alarms(at=end, by=BY)
    return sum((editor.done for editor in editors), Counter()), end


def test_whatever_the_order_every_alarm_is_right(race):
    done, end = race
    fired = Alarm.objects.filter(fired_at__isnull=False)
    assert done["waiting_for_customer"] > 20
    assert not Alarm.objects.armed().filter(fires_at__lte=end).exists()
    assert [alarm for alarm in fired if alarm.fired_at < alarm.fires_at] == []
    owed = Effect.objects.filter(topic="sla.escalate").values_list("key", flat=True)
    assert sorted(owed) == sorted(str(alarm.pk) for alarm in fired)
    assert not [alarm for alarm in fired.select_related("clock") if is_after_the_end(alarm)]
    assert not Fault.objects.exists()
    for clock in Clock.objects.open():
        assert not clock.is_breached(end) or fired.filter(clock=clock, rung="100%", voided_at=None).exists()
        assert_moments_are_those_of_its_history(clock)


def is_after_the_end(alarm):
    return alarm.voided_at is None and alarm.clock.stopped_at and alarm.fires_at >= alarm.clock.stopped_at


def assert_moments_are_those_of_its_history(clock):
    running = read_clock(clock, policies_at(clock.started_at))
    found = deadlines.compute(running.rule, running.history)
    assert (clock.due_at, clock.status) == (found.due_at, "running")
    alarms = {alarm.rung: alarm for alarm in clock.alarms.filter(epoch=clock.epoch)}
    for rung, moment in found.rungs.items():
        earlier = clock.alarms.filter(voided_at=None, fired_at__isnull=False, rung=rung, fires_at__lte=moment)
        assert (rung in alarms and (alarms[rung].fires_at == moment or alarms[rung].fired_at)) or earlier.exists() or is_behind(rung, clock)


def is_behind(rung, clock):
    """Left behind by a change: the last rung behind it rang for it."""
    return clock.epoch > 1 and clock.alarms.filter(voided_at=None, fires_at__isnull=False).exclude(rung=rung).exists()


class TestOneWinner:
    @pytest.fixture
    def fired(self, cases, now):
        sweep_alarms(at=now + 9 * DAY, by=BY)
        while drain(now + 10 * DAY):
            pass

    def test_ten_sweepers_fire_each_alarm_once(self, cases, now):
        assert all_at_once(*[lambda: sweep_alarms(at=now + 9 * DAY, by=BY)] * 10) == []
        assert Effect.objects.filter(topic="sla.escalate").count() == 36
        assert not Alarm.objects.armed().exists()

    def test_ten_drains_escalate_each_alarm_once(self, cases, now):
        sweep_alarms(at=now + 9 * DAY, by=BY)

        def work():
            while drain(now + 10 * DAY):
                pass

        assert all_at_once(*[work] * 10) == []
        work()
        drain(now + 11 * DAY)
        assert Escalation.objects.count() == 36
        assert Escalation.objects.filter(overtaken_by=None).count() == 12

    def test_ten_people_take_up_one_alarm(self, fired, rosa, now):
        escalation = Escalation.objects.filter(overtaken_by=None).first()
        wrong = all_at_once(*[lambda: acknowledge(escalation=escalation, by=rosa.user, at=now + 9 * DAY)] * 10)
        assert [type(one) for one in wrong] == [NothingToAcknowledge] * 9

    def test_ten_answers_end_one_clock_at_the_first(self, cases, now):
        timeline = cases[0].timeline_id

        def answer(hour):
            return lambda: record(timeline_id=timeline, steps=[Step("case.answered")], by=BY, at=now + hour * HOUR)

        assert all_at_once(*[answer(hour) for hour in range(1, 11)]) == []
        clock = Clock.objects.get(timeline=timeline)
        assert clock.status == "stopped"
        assert not Alarm.objects.armed().filter(clock=clock, fires_at__gte=clock.stopped_at).exists()
