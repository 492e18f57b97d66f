"""Owe a word to whoever came with a case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Unpack

from django.conf import settings

from casework import references
from casework.models import Case

from ..models import Channel
from .notice import Wrapping
from .writing import Recipient, owe, owe_to_customer


def owe_to_asker(*, kind: str, key: str, case: Case, context: Mapping[str, Any], at: datetime, **wrapping: Unpack[Wrapping]) -> None:
    """To the phone they left, in the language of the case; else the way the customer of its account chose; to nobody else.

    Nothing for a case that is erased. ``wrapping`` as for ``owe_to_customer``: to a bare phone only the topic counts. Raises UnknownLetter.
    """
    if case.erased_at is not None:
        return
    if case.contact_phone:
        to = Recipient(channel=Channel.SMS, address=case.contact_phone, language=language_of(case), topic=wrapping.get("topic", ""))
        owe(kind=kind, key=key, context=context, at=at, **to)
    elif case.account is not None:
        owe_to_customer(kind=kind, key=key, customer=case.account.customer, context=context, at=at, **wrapping)


def language_of(case: Case) -> str:
    """In which we write about a case."""
    return case.language or (case.account.customer.language if case.account else "") or settings.LANGUAGE_CODE


def words_about(case: Case) -> dict[str, Any]:
    """What nearly every letter about a case says: who writes, whom to ring, and with what the case is looked up."""
    return {
        "company": settings.COMPANY["name"],
        "phone": settings.COMPANY["office_phone"],
        "reference": references.grouped(case.reference),
        "code": references.grouped(case.tracking_code),
    }
