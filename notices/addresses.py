"""Where a webhook may go: to the public internet, never into the operator's own network. Pure, without Django.

Names are looked at twice: what is written when it is entered, and what it resolves to whenever it is called, because whoever
owns a name may point it at us any day. The connection goes to the address that was looked at, not to the name again.
"""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address

#: Translates IPv4 addresses into IPv6 ones: what is inside counts.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_PRIVATE_ENDINGS = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa")
_LONGEST = 500


class BadAddress(ValueError):
    """Not an address we call. ``code``: form, scheme, userinfo, private or unknown."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def parse(url: str, *, loopback: bool = False) -> SplitResult:
    """The parts of an address we may write to: https, with a name or a public number. Raises BadAddress.

    ``loopback``: http and https to this very machine are allowed besides, for rehearsals.
    """
    if len(url) > _LONGEST or any(ord(letter) <= 32 or ord(letter) > 126 for letter in url):
        raise BadAddress("form")
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise BadAddress("form") from None
    if not host or parts.fragment or parts.port == 0:
        raise BadAddress("form")
    if parts.username is not None or parts.password is not None:
        raise BadAddress("userinfo")
    if loopback and _is_loopback(host):
        return parts if parts.scheme in {"http", "https"} else _refuse("scheme")
    if parts.scheme != "https":
        raise BadAddress("scheme")
    if _is_private_name(host):
        raise BadAddress("private")
    return parts


def resolve(parts: SplitResult, *, loopback: bool = False) -> str:
    """The number to connect to. Raises BadAddress when the name is unknown, or when any of its numbers is not public.

    Any: a name with one public and one private number is how a guard that looks once is fooled.
    """
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise BadAddress("unknown") from None
    numbers = [str(entry[4][0]) for entry in found]
    if not numbers:
        raise BadAddress("unknown")
    for number in numbers:
        address = ipaddress.ip_address(number.partition("%")[0])
        if not (is_public(address) or (loopback and address.is_loopback)):
            raise BadAddress("private")
    return numbers[0]


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet; for one that wraps another, whether both do."""
    inner = _wrapped(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved and not address.is_unspecified


def _wrapped(address: Address) -> Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    if address.teredo:
        return address.teredo[1]
    return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


def _is_private_name(host: str) -> bool:
    try:
        return not is_public(ipaddress.ip_address(host))
    except ValueError:
        pass
    name = host.rstrip(".").lower()
    # A name without a dot is one of the operator's own network, and so are numbers written in other ways.
    return "." not in name or name.endswith(_PRIVATE_ENDINGS) or name.rpartition(".")[2].isdigit() or "0x" in name.rpartition(".")[2]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _refuse(code: str) -> SplitResult:
    raise BadAddress(code)
