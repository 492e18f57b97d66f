"""The whole evening: calls come in when they came in, everybody does their part, until the last crew is home."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from .calls import Call
from .crew import Crew
from .office import Dispatcher, Hotline
from .pace import Pace

#: How often everybody looks up.
_ROUND = timedelta(seconds=20)
#: What is not mended so long after the last call is left to the report.
_LONGEST = timedelta(hours=4)

#: Told how many visits have ended since the last time.
type Progress = Callable[[int], object]


@dataclass(frozen=True)
class Cast:
    """Who plays."""

    hotline: Hotline
    dispatcher: Dispatcher
    crews: Sequence[Crew]

    @property
    def finished(self) -> int:
        """Visits that the crews say are over."""
        return sum(crew.finished for crew in self.crews)

    def hang_up(self) -> None:
        """Everybody closes their connection."""
        for device in (self.hotline.device, self.dispatcher.device, *(crew.device for crew in self.crews)):
            device.hang_up()


def play(cast: Cast, calls: Sequence[Call], pace: Pace, *, progress: Progress, between: Callable[[], None]) -> timedelta:
    """Play it through; the longest that anybody had to wait for their turn. ``between`` is done once a round. Raises Refused."""
    waiting, last, told, longest = deque(calls), calls[-1].after if calls else timedelta(), 0, timedelta()
    while True:
        gone = pace.gone()
        while waiting and waiting[0].after <= gone:
            cast.hotline.report(waiting.popleft())
        between()
        is_open = cast.dispatcher.look(pace.gone())
        for crew in cast.crews:
            crew.go_on(pace.gone())
        progress(cast.finished - told)
        told, longest = cast.finished, max(longest, pace.gone() - gone)
        is_over = not waiting and not is_open and not any(crew.is_busy for crew in cast.crews)
        if is_over or gone > last + _LONGEST:
            return longest
        pace.rest(_ROUND)
