"""The paper of a charge's receipt, made from its snapshot alone whenever somebody asks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from .. import amounts_in_words, papers
from ..models import ChargeReceipt
from ..queries.receipts import Check, check_of


@dataclass(frozen=True)
class ChargeSheet:
    """A receipt laid out: ``words`` is its amount in words, without a sign."""

    receipt: ChargeReceipt
    facts: dict[str, Any]
    language: str
    words: str
    issued_on: date
    check: Check | None

    @property
    def is_red(self) -> bool:
        return self.receipt.is_red


def charge_sheet(receipt: ChargeReceipt, language: str = "") -> ChargeSheet:
    """Lay a receipt out, in its own language or another of ours."""
    known = {code for code, _name in settings.LANGUAGES}
    language = language if language in known else receipt.facts["language"]
    words = amounts_in_words.in_words(abs(receipt.amount), receipt.facts["currency"], language)
    issued_on = date.fromisoformat(receipt.facts["issued_on"])
    return ChargeSheet(receipt, receipt.facts, language, words, issued_on, check_of(receipt.code) if receipt.code else None)


def make_charge_paper(*, receipt: ChargeReceipt, language: str = "") -> bytes:
    """The receipt as PDF."""
    sheet = charge_sheet(receipt, language)
    return papers.render_pdf("billing/pdf/charge_receipt.html", {"sheet": sheet}, sheet.language)


def file_name(receipt: ChargeReceipt) -> str:
    """Under which it is saved."""
    return _("receipt-%(number)s.pdf") % {"number": receipt.full_number}
