"""With whom the time of a stage went: a third party had it as long as the journal says, whoever has the ball now."""

from datetime import timedelta

from connections.models import Ball
from connections.operations import stages
from connections.queries.ageing import ageing
from tests.connections.conftest import BY

HOUR = timedelta(hours=1)


def turned(application, ball, at):
    stage = application.stages.select_related("row", "application__case", "application__policy").get(key="needs")
    return stages.turn(stage=stage, ball=ball, by=BY, at=at)


def spent(application, at):
    [one] = [heap for heap in ageing(at).spent if heap.code == "needs"]
    return one.ours / HOUR, one.applicants / HOUR, one.others / HOUR


def test_a_third_party_s_time_stays_theirs_after_the_ball_is_back(application, now):
    turned(application, Ball.AUTHORITY, now + HOUR)
    assert spent(application, now + 3 * HOUR) == (1, 0, 2)
    turned(application, Ball.COMPANY, now + 3 * HOUR)
    turned(application, Ball.AUTHORITY, now + 4 * HOUR)
    turned(application, Ball.COMPANY, now + 5 * HOUR)
    assert spent(application, now + 10 * HOUR) == (7, 0, 3)


def test_a_stage_that_ended_there_was_theirs_until_its_end(application, now):
    seen = turned(application, Ball.AUTHORITY, now + HOUR)
    stages.finish(stage=seen, by=BY, at=now + 2 * HOUR)
    assert spent(application, now + 10 * HOUR) == (1, 0, 1)
