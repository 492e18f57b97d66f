"""The one search box finds cases too: by reference, phone, name, address, subject or account."""

import re

from django.db.models import F, Q, QuerySet

import accounts.queries
from accounts.searching import fold, piece

from .. import references
from ..models import Case

_NUMBERISH = re.compile(r"\+?[\d\s().-]+")
_MOST = 5_000


def search_cases(text: str, among: QuerySet[Case], *, limit: int = 20) -> list[Case]:
    """Cases that fit, unfinished ones first, then what ended last; ``among`` are those the reader may see.

    A whole reference answers alone. Anything else is looked for word by word in what the case holds, and through the accounts
    that fit it. Nothing typed, nothing found.
    """
    reference = references.tidy(text)
    if references.is_valid(reference):
        found = among.filter(reference=reference)
    else:
        keys = _containing(text, among)
        if keys is None:
            return []
        accounts_found = [account.pk for account in accounts.queries.search_accounts(text, limit=limit)]
        found = among.filter(Q(pk__in=keys) | Q(account__in=accounts_found))
    found = found.select_related("timeline", "owner", "named", "account__customer", "premises")
    return list(found.order_by(F("closed_at").desc(nulls_first=True), "-opened_at", "pk")[:limit])


def _containing(text: str, among: QuerySet[Case]) -> QuerySet[Case, int] | None:
    folded = fold(text)
    if not any(mark.isalnum() for mark in folded):
        return None
    words = [re.sub(r"\D", "", folded)] if _NUMBERISH.fullmatch(folded) else folded.split()
    everything = Q()
    for word in words:
        everything &= Q(search__contains=piece(word))
    # More hits than anybody reads are not put in order.
    return among.filter(everything).values_list("pk", flat=True)[:_MOST]
