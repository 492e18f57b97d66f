"""Devices and the users behind them."""

from typing import Any

from django.db.models import F

from .. import models


def token_by_digest(digest: str) -> models.AccessToken | None:
    """A device's token with its user and, for the questions of one request, who works here and in which roles: in one statement."""
    grant = "user__staff__grants"
    rows: list[Any] = list(
        models.AccessToken.objects.filter(digest=digest)
        .select_related("user__staff__hall")
        .annotate(role=F(f"{grant}__role"), since=F(f"{grant}__since"), until=F(f"{grant}__until"), left_at=F("user__staff__left_at"))
    )
    if not rows:
        return None
    token: models.AccessToken = rows[0]
    staff: models.Staff | None = getattr(token.user, "staff", None)
    token.user.staff_at_hand = staff if staff and staff.left_at is None else None
    token.user.grants_at_hand = tuple((row.role, row.since, row.until, row.left_at) for row in rows if row.role)
    return token
