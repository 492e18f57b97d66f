"""The one search box: card, account number, phone, name or address, however they were typed."""

import re

from django.conf import settings
from django.db.models import F, Q, QuerySet
from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_possible_number, parse

from .. import models
from ..searching import fold, piece

_NUMBERISH = re.compile(r"\+?[\d\s().-]+")
#: More hits than anybody reads are not put in order: the name of the city would sort a million of them.
_MOST = 5_000


def search_accounts(text: str, *, limit: int = 20) -> list[models.Account]:
    """Accounts that fit, living ones first, with customer and premises.

    A whole card number, account number or phone is looked up by index and answers alone; anything else is searched
    word by word in ``Account.search``. Nothing typed, nothing found.
    """
    folded = fold(text)
    if not any(mark.isalnum() for mark in folded):
        return []
    exact = _exact(folded)
    found = _first(_containing(folded) if exact is None else exact, limit)
    # Customers and premises are fetched for those few only, not for everything that had to be put in order.
    return list(_first(models.Account.objects.filter(pk__in=found.values("pk")), limit).select_related("customer", "premises"))


def _first(accounts: QuerySet[models.Account], limit: int) -> QuerySet[models.Account]:
    return accounts.order_by(F("closed_at").desc(nulls_first=True), "number")[:limit]


def _exact(folded: str) -> QuerySet[models.Account] | None:
    if not _NUMBERISH.fullmatch(folded):
        return None
    digits = re.sub(r"\D", "", folded)
    by_number = models.Account.objects.filter(number=digits).values("pk")
    by_card = models.GasCard.objects.filter(number=digits).values("account")
    by_phone = models.Account.objects.filter(customer__phones__number=_e164(folded) or "-").values("pk")
    # One round trip over three indexes; an OR over the joins would read the whole table.
    keys = [row["pk"] for row in by_number.union(by_card, by_phone)]
    return models.Account.objects.filter(pk__in=keys) if keys else None


def _e164(text: str) -> str:
    try:
        number = parse(text, settings.PHONENUMBER_DEFAULT_REGION)
    except NumberParseException:
        return ""
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else ""


def _containing(folded: str) -> QuerySet[models.Account]:
    words = [re.sub(r"\D", "", folded)] if _NUMBERISH.fullmatch(folded) else folded.split()
    everything = Q()
    for word in words:
        everything &= Q(search__contains=piece(word))
    hits = models.Account.objects.filter(everything).values("pk")[:_MOST]
    return models.Account.objects.filter(pk__in=hits)
