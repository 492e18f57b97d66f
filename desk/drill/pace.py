"""How fast an evening goes by: so many business minutes in a real one."""

import time
from datetime import timedelta


class Pace:
    """Runs from when it is made."""

    def __init__(self, speed: int) -> None:
        self._began, self._speed = time.monotonic(), speed

    def gone(self) -> timedelta:
        """Business time since the drill began."""
        return timedelta(seconds=(time.monotonic() - self._began) * self._speed)

    def rest(self, business: timedelta) -> None:
        """Sleep so much business time."""
        time.sleep(business.total_seconds() / self._speed)
