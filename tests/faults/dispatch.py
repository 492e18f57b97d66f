"""Emergencies and crews for the fault tests, assigned by processes that may be killed: ``python -m tests.faults.dispatch VERB``."""

import os
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import execute_from_command_line  # noqa: E402

import casework.operations  # noqa: E402
import casework.tasks  # noqa: E402
import fieldwork.operations  # noqa: E402
from accounts.actors import System  # noqa: E402
from accounts.clock import business_now  # noqa: E402
from casework.operations import Opening  # noqa: E402
from fieldwork.operations import Place, dispatching  # noqa: E402
from tests.factories.fieldwork import LATITUDE, LONGITUDE, crew_out  # noqa: E402

BY = System("tests")
LATER = timedelta(minutes=10)


def report(count):
    """Three crews, and so many leaks."""
    for number in range(3):
        crew_out(code=f"K{number}")
    for _ in range(int(count)):
        opening = Opening(kind="repair", subject="gas", channel="phone", urgency="emergency")
        case, at = casework.operations.open_case(opening=opening, by=BY, at=business_now()), business_now()
        wish = {"case": case, "purpose": "repair", "skill": "emergency", "urgency": "emergency", "place": Place(None, LATITUDE, LONGITUDE)}
        fieldwork.operations.ask_visit(timeline=case.timeline, by=BY, at=at, **wish)


def assign():
    """Carry out what is owed, so slowly that a kill finds a batch half written."""
    assign_slowly()
    finish()


def work():
    """The worker itself, assigning as slowly, with a round in its queue as the timekeeper leaves it there."""
    assign_slowly()
    casework.tasks.drain.enqueue()
    execute_from_command_line(["manage.py", "qcluster"])


def assign_slowly():
    real = dispatching.put_to

    def slowly(**given):
        time.sleep(0.3)
        return real(**given)

    dispatching.put_to = slowly


def finish(later=timedelta()):
    """All that is owed by now."""
    while casework.operations.drain(business_now() + later):
        pass


def finish_later():
    """Also what a killed process had booked."""
    finish(LATER)


def lapse(pause="0"):
    """Every offer, as if nobody had answered for ten minutes; with a pause after each, for a kill to find the rest."""
    real = dispatching.lapse

    def slowly(**given):
        row = real(**given)
        time.sleep(float(pause))
        return row

    dispatching.lapse = slowly
    dispatching.lapse_offers(at=business_now() + LATER)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
