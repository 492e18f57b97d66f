"""The drawer beside the simulated reader: a handful of demo cards, each for one situation at the counter."""

from datetime import datetime


def fill_drawer(at: datetime) -> None:
    """Pick accounts that fit and put their cards into the drawer."""
