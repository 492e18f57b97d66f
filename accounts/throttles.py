"""How often a public page may be asked, and from which address a request comes: one door for urls that are no views of REST framework's.

Counted in the shared cache, so that several hosts count together.
"""

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle


@dataclass(frozen=True)
class Pace:
    """So often and no more, right or wrong tries alike; ``scope`` names the counter, ``rate`` is as REST framework writes it (15/min)."""

    scope: str
    rate: str


def may_ask(request: HttpRequest, pace: Pace) -> bool:
    """Whether this address may ask once more; counts the asking."""
    return may_ask_about(address_of(request), pace)


def may_ask_about(what: str, pace: Pace) -> bool:
    """The same for one thing that is asked about, from however many addresses."""
    return bool(_Counter(pace, what).allow_request(cast("Any", None), cast("Any", None)))


def address_of(request: HttpRequest) -> str:
    """Whence a request comes: what our own proxy says where there is one, else the other end of the line. Never what a stranger claims."""
    return str(_Counter(Pace("", "1/min"), "").get_ident(cast("Any", request)) or "")


class _Counter(SimpleRateThrottle):
    """REST framework's counter, and its way to an address behind a proxy (NUM_PROXIES)."""

    def __init__(self, pace: Pace, what: str) -> None:
        self.scope, self.rate, self._what = pace.scope, pace.rate, what
        super().__init__()

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self._what}
