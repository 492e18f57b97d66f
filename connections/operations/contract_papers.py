"""The contract of a connection on paper, made from the quote whenever somebody asks: what was sent never changes."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

import billing.papers
from billing import amounts_in_words
from billing.models import Charge
from casework import references

from ..models import Contract, QuoteLine
from ..queries.fingerprints import TERMS, digest_of
from ..queries.offers import charge_of
from ..queries.quote_words import line_words, place_of, until_of
from ..states import ConnectionStatus


@dataclass(frozen=True)
class SheetLine:
    """One line, and until which status it goes back."""

    line: QuoteLine
    words: str
    until: str


@dataclass(frozen=True)
class ContractSheet:
    """All that stands on a contract. ``is_as_agreed`` is None before it was accepted, and for a fingerprint of an older make."""

    contract: Contract
    language: str
    lines: Sequence[SheetLine]
    words: str
    digest: str
    is_as_agreed: bool | None
    charge: Charge | None
    link: str
    qr: SafeString

    terms = TERMS

    @property
    def company(self) -> str:
        return str(settings.COMPANY["name"])

    @property
    def reference(self) -> str:
        return references.grouped(self.contract.quote.application.case.reference)

    @property
    def place(self) -> str:
        return place_of(self.contract.quote.application)


def contract_sheet(contract: Contract, language: str = "") -> ContractSheet:
    """Lay a contract out, in its own language or another of ours."""
    known = {code for code, _name in settings.LANGUAGES}
    language = language if language in known else contract.language
    digest, charge = digest_of(contract), charge_of(contract)
    link = settings.SITE_URL + (reverse("billing:charge_pay", args=[charge.reference]) if charge else reverse("casework:track"))
    with translation.override(language):
        return ContractSheet(
            contract=contract,
            language=language,
            lines=[_laid_out(line, language) for line in contract.quote.lines.select_related("fee")],
            words=amounts_in_words.in_words(contract.quote.total, settings.CURRENCY, language),
            digest=digest,
            is_as_agreed=digest == contract.digest if contract.personal else None,
            charge=charge,
            link=link,
            qr=mark_safe(segno.make(link, error="m", micro=False).svg_inline(border=0, omitsize=True)),
        )


def _laid_out(line: QuoteLine, language: str) -> SheetLine:
    return SheetLine(line, line_words(line, language), str(ConnectionStatus(until_of(line)).label))


def make_contract_paper(*, contract: Contract, language: str = "") -> bytes:
    """The contract as PDF."""
    sheet = contract_sheet(contract, language)
    return billing.papers.render_pdf("connections/pdf/contract.html", {"sheet": sheet}, sheet.language)
