"""Devices and the users behind them."""

from typing import Any

from django.db.models import F

from .. import models


def token_by_digest(digest: str) -> models.AccessToken | None:
    """A device's token with its user and, for the questions of one request, the roles of that user: in one statement."""
    grant = "user__staff__grants"
    rows: list[Any] = list(
        models.AccessToken.objects.filter(digest=digest)
        .select_related("user")
        .annotate(role=F(f"{grant}__role"), since=F(f"{grant}__since"), until=F(f"{grant}__until"), left_at=F("user__staff__left_at"))
    )
    if not rows:
        return None
    token: models.AccessToken = rows[0]
    token.user.grants_at_hand = tuple((row.role, row.since, row.until, row.left_at) for row in rows if row.role)
    return token
