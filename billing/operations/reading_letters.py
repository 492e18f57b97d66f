"""What we write to people about readings: asked for, not believed, understood from a text message."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings

import notices.operations
from accounts.models import Account
from notices.models import Channel
from notices.operations import Notice

from ..models import Reading


def write_rejected(*, reading: Reading, at: datetime) -> None:
    """Their reading was wrong; would they look again. Once for each reading."""
    account = reading.meter.account
    context = {**_company(), "account": account.number, "litres": reading.litres, "day": reading.day}
    notices.operations.owe_to_customer(
        kind="reading_rejected", key=f"reading_rejected:{reading.pk}", customer=account.customer, context=context, at=at
    )


def write_wanted(*, accounts: Sequence[Account], first: date, last: date, at: datetime) -> None:
    """These days readings are sent. Once for each account and month."""
    letters = [
        Notice(
            kind="reading_wanted",
            key=f"reading_wanted:{account.pk}:{first:%Y-%m}",
            to=account.customer,
            context={**_company(), "account": account.number, "first": first, "last": last, "hall_phone": settings.COMPANY["hotline"]},
        )
        for account in accounts
    ]
    notices.operations.owe_all(letters=letters, at=at)


def answer_text(*, kind: str, key: str, phone: str, language: str, context: dict[str, Any], at: datetime) -> None:
    """Answer a text message by one: ``key`` is the gateway's number of the message, so that a repeated one is answered once."""
    notices.operations.owe(
        kind=kind, key=key, context={**_company(), **context}, at=at, channel=Channel.SMS, address=phone, language=language
    )


def _company() -> dict[str, Any]:
    return {"company": settings.COMPANY["name"], "hotline": settings.COMPANY["hotline"]}
