"""Cases as their operations leave them."""

import pytest

import casework.operations
from accounts.actors import System
from casework.operations import Opening

BY = System("tests")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def steps(case):
    return [(event.verb, event.facts) for event in case.timeline.events.order_by("seq")]


def verbs(case):
    return [verb for verb, _facts in steps(case)]


@pytest.fixture
def opened(now):
    """``opened(by=fang.user, account=account)``: a case without the row of its kind."""

    def make(by=BY, **known):
        known = {"kind": "general_request", "subject": "Where is my card?", "channel": "hall", **known}
        return casework.operations.open_case(opening=Opening(**known), by=by, at=now)

    return make


@pytest.fixture
def asked(now):
    """``asked(by=fang.user)``: a general request."""

    def make(by=BY, text="Where is my card?", **known):
        opening = Opening(kind="general_request", subject="", **{"channel": "hall", **known})
        return casework.operations.open_request(opening=opening, topic="top_up", text=text, by=by, at=now)

    return make
