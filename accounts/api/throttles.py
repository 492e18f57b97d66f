"""How often one may ask. Counted in the shared cache, so that several hosts count together; the answer says when to come back."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle


class Visitors(AnonRateThrottle):
    """By address, for those who have not signed in."""


class Users(UserRateThrottle):
    """By user, over all their devices."""

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return super().get_cache_key(request, view) if request.user and request.user.is_authenticated else None


class Uploads(SimpleRateThrottle):
    """Files, by user: they fill a disk sooner than anything else."""

    scope = "upload"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return str(self.cache_format % {"scope": self.scope, "ident": request.user.pk})


class SignIns(SimpleRateThrottle):
    """By address, right or wrong alike; wrong ones are counted by name as well, together with the pages'."""

    scope = "sign_in"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return str(self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)})
