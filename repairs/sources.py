"""Who reports, as keyed digests: a flood is counted by phone, device and network, and none of them is kept."""

import hashlib
import hmac
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from django.conf import settings

#: Kind of a mark -> the setting that says how many reports of it are dispatched within the window.
LIMITS = {"phone": "REPORTS_PER_PHONE", "device": "REPORTS_PER_DEVICE", "network": "REPORTS_PER_NETWORK"}


@dataclass(frozen=True, kw_only=True)
class Source:
    """What tells one reporter from another. Empty for those whom nobody suspects: our staff write for many people."""

    phone: str = ""
    device: str = ""
    network: str = ""

    def digests(self) -> dict[str, str]:
        """Kind -> digest, for what is known."""
        marks = {"phone": self.phone, "device": self.device, "network": _of_network(self.network)}
        return {kind: _digest(kind, mark) for kind, mark in marks.items() if mark}


NOBODY = Source()


def limit_of(kind: str) -> int:
    """How many reports of one such mark are dispatched within the window; further ones are set aside for a person."""
    return int(getattr(settings, LIMITS[kind]))


def _of_network(address: str) -> str:
    """An address of version 6 by its first half: one household has all of the rest."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{found}/64", strict=False)) if found.version == 6 else address


def _digest(kind: str, mark: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"repairs.source:{kind}:{mark}".encode(), hashlib.sha256).hexdigest()
