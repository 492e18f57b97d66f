"""A crew on the road: takes visits on or not, drives as long as the real one drove, mends, and says so, now or when it has signal again."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from .calls import Call
from .wire import Device, Refused

_TO_MAKE_SAFE, _TO_MEND = timedelta(minutes=4), timedelta(minutes=12)
#: How long there is no signal after the work, and how wrong that phone's clock is: another time zone, and some seconds.
_STILL_DARK, _SKEW = timedelta(minutes=10), timedelta(hours=3, seconds=7)
#: One visit in so many is declined by the crew of that number, once: whoever is asked again goes.
_DECLINES_ONE_IN = 6
_NO_FAULT_ONE_IN = 5

type Now = Callable[[], datetime]


@dataclass
class _Job:
    """The visit at hand: what is done next, and when."""

    visit: dict[str, Any]
    call: Call
    stage: str
    due: timedelta


class Crew:
    """One device for all of them. The first crew loses its signal on its first visit; what it did comes later, by a wrong clock.

    ``now`` reads the clock that business goes by: a phone's own is that and its error.
    """

    def __init__(self, device: Device, number: int, calls: Mapping[str, Call], *, now: Now) -> None:
        self.device, self._number, self._calls, self._now = device, number, calls, now
        self._job: _Job | None = None
        self._is_dark, self._loses_signal = False, number == 0
        self._signal_at: timedelta | None = None
        self._kept: list[dict[str, Any]] = []
        self._declined: set[int] = set()
        self.synced: dict[str, str] = {}
        self.refused = 0
        self.finished = 0

    @property
    def is_busy(self) -> bool:
        """At work, or with something to tell."""
        return self._job is not None or bool(self._kept)

    def go_on(self, gone: timedelta) -> None:
        """Whatever is due now. Raises Refused for what should have been possible."""
        if self._signal_at is not None and gone >= self._signal_at:
            self._sync()
        if not self._is_dark:
            self._look(gone)
        if self._job is not None and gone >= self._job.due:
            self._next(self._job, gone)

    def _look(self, gone: timedelta) -> None:
        rows = [row for row in self.device.get("crew/visits/")["results"] if row["reference"] in self._calls]
        for row in rows:
            if row["status"] == "offered":
                self._answer(row)
        waiting = [row for row in rows if row["status"] == "accepted"]
        if self._job is None and waiting:
            self._begin(min(waiting, key=lambda row: (row["urgency"] != "emergency", row["asked_at"])), gone)

    def _answer(self, row: dict[str, Any]) -> None:
        if row["id"] % _DECLINES_ONE_IN == self._number and row["id"] not in self._declined:
            self._declined.add(row["id"])
            self._say(row, "decline", reason="drill")
        else:
            self._say(row, "accept")

    def _begin(self, row: dict[str, Any], gone: timedelta) -> None:
        if self._loses_signal:
            self._is_dark, self._loses_signal = True, False
        call = self._calls[row["reference"]]
        if self._say(row, "set_off"):
            self._job = _Job(row, call, "arrive", gone + call.way)

    def _next(self, job: _Job, gone: timedelta) -> None:
        """One step at the door, and when the next one is due."""
        is_emergency = job.visit["urgency"] == "emergency"
        if job.stage == "arrive":
            place = {name: job.visit[name] for name in ("latitude", "longitude") if job.visit["latitude"] is not None}
            said = self._say(job.visit, "arrive", **place, gas_ppm=900 if is_emergency else 0)
            job.stage, job.due = ("made_safe", gone + _TO_MAKE_SAFE) if is_emergency else ("finish", gone + _TO_MEND)
        elif job.stage == "made_safe":
            said = self._say(job.visit, "made_safe", gas_ppm=0)
            job.stage, job.due = "finish", gone + _TO_MEND
        else:
            outcome = "no_fault" if job.visit["id"] % _NO_FAULT_ONE_IN == 0 else "done"
            said = self._say(job.visit, "finish", outcome=outcome)
            self.finished += said
            self._job = None
        if not said:
            self._job = None
        if self._job is None and self._is_dark:
            self._signal_at = gone + _STILL_DARK

    def _say(self, row: dict[str, Any], verb: str, **found: Any) -> bool:
        """Whether it was heard, or is kept for later; not where somebody took the visit away."""
        if self._is_dark:
            moment = (self._now() + _SKEW).isoformat()
            self._kept.append({"key": str(uuid.uuid4()), "visit": row["id"], "verb": verb, "device_at": moment, **found})
            return True
        try:
            self.device.post(f"crew/visits/{row['id']}/{verb.replace('_', '-')}/", found)
        except Refused as no:
            if no.status not in {404, 409}:
                raise
            self.refused += 1
            return False
        return True

    def _sync(self) -> None:
        """Signal again: all of it at once, and once more, as a phone does that did not hear the answer."""
        batch = {"device_now": (self._now() + _SKEW).isoformat(), "actions": self._kept}
        for _time in range(2):
            heard = self.device.post("crew/sync/", batch)["results"]
            batch["device_now"] = (self._now() + _SKEW).isoformat()
        self.synced |= {one["key"]: one["outcome"] for one in heard}
        self._kept, self._is_dark, self._signal_at = [], False, None
