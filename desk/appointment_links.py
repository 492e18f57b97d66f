"""The address by which whoever got our message comes to an appointment: its number and our signature under it, nothing about anybody."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

_SIGNER = Signer(salt="desk.appointment")


def address_of(key: int) -> str:
    """The whole address, for a message."""
    token = _SIGNER.sign(str(key)).replace(":", "-", 1)
    return settings.SITE_URL + reverse("desk:appointment_link", args=[token])


def key_of(token: str) -> int | None:
    """The number of the appointment; None where the signature is not ours."""
    try:
        return int(_SIGNER.unsign(token.replace("-", ":", 1)))
    except BadSignature:
        return None
