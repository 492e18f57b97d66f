"""How often Open311 may be asked from one address. Reports of a key are counted by their source besides (repairs.sources)."""

from typing import Any, cast

from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle


class Open311Throttle(SimpleRateThrottle):
    """Reading and writing alike: a city's portal sends many reports from one address."""

    scope = "open311"
    rate = "600/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


def may_ask(request: HttpRequest) -> bool:
    """REST framework's counter, for urls that are none of its views."""
    return bool(Open311Throttle().allow_request(cast("Any", request), cast("Any", None)))
