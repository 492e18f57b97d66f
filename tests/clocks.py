"""A fixture for tests and journeys: the product's own demonstration clock, set as ``./run --clock`` sets it."""

from datetime import UTC, datetime

import pytest

from accounts import clock
from accounts.operations import set_demonstration_clock

#: Christmas Eve, two minutes to five in the afternoon in Shanghai.
EVE = datetime(2026, 12, 24, 8, 58, tzinfo=UTC)


@pytest.fixture
def demonstration(db, settings):
    """``demonstration(moment, speed=60)``: from now on business time begins there and goes so fast."""
    settings.TIME_MACHINE = True
    clock.look_again()

    def set_to(moment=EVE, *, speed=60):
        set_demonstration_clock(shows=moment, speed=speed, lived_until=None, at=clock.real_now())
        clock.look_again()

    yield set_to
    clock.look_again()
