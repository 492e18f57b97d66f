"""The rows an offer is made of: its lines and its number, in the transaction of whoever makes it."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from sequences import get_next_value

from accounts.clock import business_date

from ..models import Contract, Quote, QuoteLine
from ..quote_lines import NewLine
from ..quote_sums import line_amount


def write_lines(quote: Quote, lines: Sequence[NewLine]) -> None:
    """The lines of a version that nobody has seen yet, and their total."""
    quote.lines.all().delete()
    rows = [
        QuoteLine(
            quote=quote,
            fee=line.fee,
            words="" if line.fee and not line.words.strip() else line.words.strip()[:120],
            hundredths=line.hundredths,
            price=line.price,
            amount=line_amount(line.price, line.hundredths),
        )
        for line in lines
    ]
    QuoteLine.objects.bulk_create(rows)
    quote.total = sum(row.amount for row in rows)
    quote.save(update_fields=["total"])


def new_contract(quote: Quote, language: str, *, at: datetime) -> Contract:
    """The contract on a quote, with the next number of the year."""
    year = business_date(at).year
    number = f"K{year}-{get_next_value(f'contract:{year}'):05d}"
    known = {code for code, _name in settings.LANGUAGES}
    language = language if language in known else settings.LANGUAGE_CODE
    return Contract.objects.create(quote=quote, number=number, offered_at=at, language=language, salt=secrets.token_hex(16))
