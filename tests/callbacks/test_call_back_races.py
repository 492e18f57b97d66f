"""A customer answers by the link while somebody rings them, and the ending is heard while it is undone: one answer, one call back."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from callbacks.models import FollowUp
from callbacks.operations.bearing import bear, drop
from callbacks.operations.hearing import Said, hear
from callbacks.operations.holding import NotAsked
from callbacks.operations.links import LinkOver, answer_by_link, send_link
from casework.models import Case, Event
from casework.operations import StaleRow, WrongMove, reopen_case
from tests.callbacks.conftest import HOUR, again

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    def run(act):
        try:
            return act()
        except (StaleRow, WrongMove, LinkOver, NotAsked) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [one.result() for one in [threads.submit(run, act) for act in acts]]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another")
def test_link_and_call_at_once_leave_one_answer(follow_up, fang, now):
    sent = send_link(follow_up=follow_up, by=fang.user, at=now + HOUR)
    rings = {"said": Said(settled=True, score=5), "by": fang.user, "at": now + 2 * HOUR}
    taps = {"said": Said(settled=True, score=4, heard_by="link"), "at": now + 2 * HOUR}
    made = at_once(lambda: hear(follow_up=again(sent), **rings), lambda: answer_by_link(follow_up=again(sent), **taps))
    assert sum(isinstance(one, FollowUp) for one in made) == 1
    assert Event.objects.filter(timeline=sent.timeline_id, verb="callback.done").count() == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another")
def test_reopening_and_a_call_at_once_leave_no_call_back_waiting_for_nothing(follow_up, fang, now):
    case, rings = follow_up.case, {"said": Said(settled=True, score=5), "by": fang.user, "at": now + 2 * HOUR}
    at_once(
        lambda: hear(follow_up=again(follow_up), **rings),
        lambda: reopen_case(case=Case.objects.get(pk=case.pk), why="No flame", by=fang.user, at=now + 2 * HOUR),
    )
    undone = Event.objects.get(timeline=case.timeline_id, verb="case.reopened")
    at_once(
        lambda: drop(case=case, before=undone.seq, at=now + 2 * HOUR),
        lambda: bear(case=case, occasion=follow_up.occasion, born_at=now),
    )
    assert again(follow_up).status in {"heard", "dropped"}
    assert not FollowUp.objects.filter(case=case, status="waiting").exists()
