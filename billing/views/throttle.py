"""How often a public page may be asked from one address."""

from typing import Any, cast

from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle


class VerifyThrottle(SimpleRateThrottle):
    """Receipt codes cannot be guessed (100 bits); this keeps trying them from costing us anything."""

    scope = "verify"
    rate = "30/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


def may_verify(request: HttpRequest) -> bool:
    """REST framework's counter, for a page that is none of its views."""
    return bool(VerifyThrottle().allow_request(cast("Any", request), cast("Any", None)))
