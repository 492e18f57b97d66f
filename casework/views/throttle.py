"""How often a request may be looked up from one address."""

from typing import Any, cast

from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle


class TrackThrottle(SimpleRateThrottle):
    """Codes have 28^8 forms: nobody guesses one at this pace, right or wrong tries alike."""

    scope = "track"
    rate = "15/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


def may_track(request: HttpRequest) -> bool:
    """REST framework's counter, for a page that is none of its views."""
    return bool(TrackThrottle().allow_request(cast("Any", request), cast("Any", None)))
