"""How often badges may be looked up, from one address and of one number: visit codes have four digits."""

from typing import Any, cast

from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle


class _ByAddress(SimpleRateThrottle):
    """Right or wrong tries alike."""

    scope = "badge"
    rate = "15/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class _ByNumber(SimpleRateThrottle):
    """From however many addresses: of ten thousand codes nobody finds one of a visit that lasts hours."""

    scope = "badge_number"
    rate = "30/hour"

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__()

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.number}


def may_check(request: HttpRequest, number: str) -> bool:
    """REST framework's counters, for a page that is none of its views."""
    counters = (_ByAddress(), _ByNumber(number))
    return all(counter.allow_request(cast("Any", request), cast("Any", None)) for counter in counters)
