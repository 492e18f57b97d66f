"""What the public learns from the code on a receipt: that it is ours, and what became of it. Nothing about the customer."""

from dataclasses import dataclass
from datetime import date

from accounts.clock import business_date

from .. import verification
from ..models import ChargeReceipt, Receipt


@dataclass(frozen=True)
class Verified:
    """One shape of answer, for receipts of gas and of works and for a code that was never given out.

    ``corrected_by`` is what took all of it back, ``given_back`` how much went back of one that still proves the rest.
    """

    is_genuine: bool
    number: str = ""
    hall: str = ""
    issued_on: date | None = None
    amount: int | None = None
    currency: str = ""
    account: str = ""
    contract: str = ""
    is_red: bool = False
    corrects: str = ""
    corrected_by: str = ""
    given_back: int = 0

    @property
    def is_corrected(self) -> bool:
        return bool(self.corrected_by)


def verify(code: str) -> Verified:
    """What a receipt's public code says."""
    code = verification.read_code(code)
    receipt = Receipt.objects.select_related("hall", "corrects__hall", "corrected_by__hall").filter(code=code).first()
    if receipt is not None:
        return _of_gas(receipt)
    paper = ChargeReceipt.objects.select_related("hall", "charge").filter(code=code).first()
    return _of_works(paper) if paper else Verified(is_genuine=False)


def _of_gas(receipt: Receipt) -> Verified:
    correction = getattr(receipt, "corrected_by", None)
    return Verified(
        is_genuine=True,
        number=receipt.full_number,
        hall=receipt.facts["hall"],
        issued_on=business_date(receipt.issued_at),
        amount=receipt.amount,
        currency=receipt.facts["currency"],
        account=_masked(receipt.facts["account"]),
        is_red=receipt.kind == Receipt.Kind.RED_LETTER,
        corrects=receipt.corrects.full_number if receipt.corrects else "",
        corrected_by=correction.full_number if correction else "",
    )


def _of_works(paper: ChargeReceipt) -> Verified:
    red = [] if paper.is_red else list(paper.charge.receipts.select_related("hall").filter(amount__lt=0).order_by("pk"))
    back = -sum(row.amount for row in red)
    return Verified(
        is_genuine=True,
        number=paper.full_number,
        hall=paper.facts["hall"],
        issued_on=business_date(paper.issued_at),
        amount=paper.amount,
        currency=paper.facts["currency"],
        contract=paper.facts["contract"],
        is_red=paper.is_red,
        corrects=paper.facts.get("corrects", ""),
        corrected_by=", ".join(row.full_number for row in red) if back == paper.amount else "",
        given_back=back,
    )


def _masked(account: str) -> str:
    """Enough for the holder to know it, nothing to guess from: the last three digits."""
    return "•" * (len(account) - 3) + account[-3:]
