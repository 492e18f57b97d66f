"""What lets somebody see the photo on a badge for a while: signed, so that no address can be made up. In real time, as sessions are."""

from django.core import signing
from django.core.signing import TimestampSigner

_SALT = "fieldwork.badge_photo"
#: Seconds: as long as one stands at a door.
_LASTS = 3_600


def badge_pass(badge: int) -> str:
    """For the address of the photo on this badge."""
    return TimestampSigner(salt=_SALT).sign_object(badge)


def badge_behind(pass_: str) -> int | None:
    """The badge whose photo may be seen with it; None for one that is made up or too old."""
    try:
        found: int = TimestampSigner(salt=_SALT).unsign_object(pass_, max_age=_LASTS)
    except signing.BadSignature:
        return None
    return found
