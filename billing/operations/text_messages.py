"""Readings that come by text message: ``account reading``, answered by what was understood.

A phone proves little, and an account's number is no secret. Only a phone we know for the account is believed; a stranger's reading is
kept for somebody to look at, and the answer is the same as for a number that nobody has, so that nothing is learnt by trying.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import override

from accounts.actors import System
from accounts.clock import business_date
from accounts.models import Account, Meter

from ..bill_refusals import doubt_sentence
from ..models import Reading
from ..reading_texts import Understood, Unreadable, understand
from ..refusals import Refused
from . import reading_letters
from .readings import NewReading, take_reading

_BY = System("sms")


@dataclass(frozen=True)
class Heard:
    """A text message as the gateway gave it: its number there, the phone in E.164, the words."""

    number: str
    phone: str
    text: str


def hear_text(*, heard: Heard, at: datetime) -> Reading | None:
    """Take the reading in a text message and answer it, both once for each number. None where nothing was taken."""
    known = _known_accounts(heard.phone)
    language = known[0].customer.language if known else settings.LANGUAGE_CODE
    with override(language):
        reading, kind, context = _answer(heard, known, at)
    reading_letters.answer_text(kind=kind, key=f"sms_in:{heard.number}", phone=heard.phone, language=language, context=context, at=at)
    return reading


def _known_accounts(phone: str) -> list[Account]:
    """Those whose customer has this phone, or somebody of whose cabinet has proved it; their meters are read."""
    own = Q(customer__phones__number=phone) | Q(
        bindings__user__phone=phone, bindings__user__is_phone_verified=True, bindings__unbound_at__isnull=True
    )
    read = Account.objects.filter(own, meters__kind=Meter.Kind.MECHANICAL, meters__removed_at=None)
    return list(read.select_related("customer").distinct().order_by("pk"))


def _answer(heard: Heard, known: list[Account], at: datetime) -> tuple[Reading | None, str, dict[str, Any]]:
    """What was taken, and the letter that says so."""
    try:
        understood = understand(heard.text, only=known[0].number if len(known) == 1 else "")
    except Unreadable:
        return None, "reading_unreadable", {}
    said: dict[str, Any] = {"account": understood.account, "litres": understood.litres}
    account = next((one for one in known if one.number == understood.account), None)
    try:
        reading = _take(understood, account, at)
    except Refused as refusal:
        # Why is only for those whose account it is.
        return None, *(("reading_refused", said | {"why": str(refusal)}) if account else ("reading_unsure", said))
    if account is None or reading is None:
        return reading, "reading_unsure", said
    if reading.doubt and reading.standing == Reading.Standing.DOUBTFUL:
        return reading, "reading_doubtful", said | {"why": doubt_sentence(reading.doubt)}
    return reading, "reading_taken", said


def _take(understood: Understood, known: Account | None, at: datetime) -> Reading | None:
    account = known or Account.objects.filter(number=understood.account).first()
    if account is None:
        return None
    new = NewReading(account=account, litres=understood.litres, day=business_date(at), source=Reading.Source.SMS, is_stranger=known is None)
    return take_reading(new=new, by=_BY, at=at)
