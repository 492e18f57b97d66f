"""How the house wants to be reminded: settings, as the pure rules want them."""

from datetime import timedelta

from django.conf import settings

from ..nagging import Nag


def nag() -> Nag:
    """How often an alarm rings again until somebody acknowledges it."""
    return Nag(safety=timedelta(minutes=settings.NAG_MINUTES_SAFETY), other=timedelta(minutes=settings.NAG_MINUTES))
