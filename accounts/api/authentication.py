"""Who is calling: a device with a token, or a page of ours with its session."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxAuthentication
from knox.crypto import hash_token
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from .. import queries
from .problems import Problem


class TokenAuthentication(KnoxAuthentication):
    """``Authorization: Bearer <token>``. Looking never writes: expired tokens are cleared at the next sign-in."""

    def authenticate_credentials(self, token: bytes) -> Any:
        # Looked up by its whole digest, which knox keeps as the key: how long that takes tells nothing about a token.
        found = queries.token_by_digest(hash_token(token.decode())) if token.isascii() else None
        if found is None or (found.expiry is not None and found.expiry < timezone.now()):
            raise exceptions.AuthenticationFailed
        return self.validate_user(found)


class SessionAuthentication(authentication.SessionAuthentication):
    """Our own pages' session: with the CSRF token on everything that writes, and for staff with a second factor."""

    def authenticate(self, request: Request) -> Any:
        found = super().authenticate(request)
        if found and found[0].is_staff and not is_mfa_enabled(found[0]):
            raise Problem(403, "second_factor_required", _("Set up your second factor first."))
        return found

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied:
            raise Problem(403, "csrf_failed", _("A request with a session needs the X-CSRFToken header.")) from None


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the token looks in the schema."""

    target_class = "accounts.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token from POST /api/v1/tokens/."}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the session looks in the schema."""

    target_class = "accounts.api.authentication.SessionAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        text = "The session of a page; writing also takes the X-CSRFToken header."
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": text}
