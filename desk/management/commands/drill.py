"""``manage.py drill``: an evening of real calls through the running system, with simulated crews, and whether all numbers agree."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

import accounts.operations
from accounts.clock import business_now, course, real_now
from desk.city.places import DATA
from desk.city.sign_ins import NoSignIns
from desk.drill.calls import read_calls
from desk.drill.casting import cast_everybody
from desk.drill.evening import Cast, play
from desk.drill.pace import Pace
from desk.drill.proof import contradictions
from desk.drill.readings import read_all
from desk.drill.telling import report
from desk.drill.wire import Refused

#: Business time between two looks of a crew; beyond it the drill measures itself.
TOO_LONG = timedelta(minutes=2)


class Command(BaseCommand):
    help = "Plays an evening of real calls through the running demo over its API, and reports arrivals, breaches and escalations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default=settings.SITE_URL, metavar="URL", help="where the system answers; default: SITE_URL")
        parser.add_argument("--file", type=Path, default=DATA / "sffd" / "calls.csv", help="calls: received, call_type, seconds_to_scene")
        parser.add_argument(
            "--since", type=datetime.fromisoformat, default="2017-01-04T17:00", metavar="MOMENT", help="of the file's clock"
        )
        parser.add_argument("--hours", type=float, default=7.0, help="how long the evening is; default: 7")
        parser.add_argument("--calls", type=int, default=None, metavar="N", help="only the first so many")
        parser.add_argument("--speed", type=int, default=60, metavar="N", help="business minutes in a real one; default: 60")

    def handle(self, *args: Any, **options: Any) -> None:
        since: datetime = options["since"]
        calls = read_calls(options["file"], since=since, until=since + timedelta(hours=options["hours"]), most=options["calls"])
        if not calls:
            raise CommandError("There are no calls at that time.")
        if not settings.TIME_MACHINE:
            self.stdout.write("TIME_MACHINE is not set here: the calls come faster, but the time limits go by real time.")
        try:
            cast = cast_everybody(options["address"], now=business_now, wall=time.time)
            with _clock(options["speed"]) as speed, tqdm(total=len(calls), desc="visits", unit=" visits", disable=None) as bar:
                longest = play(cast, calls, Pace(speed), progress=bar.update, between=self.between)
        except (NoSignIns, Refused) as no:
            raise CommandError(str(no)) from None
        self._tell(cast, longest)

    def between(self) -> None:
        """What is done once a round: nothing, since the system runs by itself. A test that has no worker is its own."""

    def _tell(self, cast: Cast, longest: timedelta) -> None:
        try:
            said = read_all(cast)
        finally:
            cast.hang_up()
        faults = list(contradictions(said))
        if longest > TOO_LONG:
            minutes = longest.total_seconds() / 60
            self.stdout.write(
                f"Too fast for this machine: somebody waited {minutes:.0f} minutes for their turn. Times below are too long by that."
            )
        for line in report(cast, said, faults):
            self.stdout.write(line)
        if faults:
            raise CommandError("API and journal contradict each other.")


@contextmanager
def _clock(speed: int) -> Iterator[int]:
    """The house's own clock as fast as the drill, where it may be set, and as before afterwards; else only the calls come faster."""
    if not settings.TIME_MACHINE:
        yield speed
        return
    before = course()
    _set_speed(speed)
    try:
        yield speed
    finally:
        _set_speed(before.speed if before else 1)


def _set_speed(speed: int) -> None:
    accounts.operations.set_demonstration_clock(shows=business_now(), speed=speed, lived_until=None, at=real_now())
