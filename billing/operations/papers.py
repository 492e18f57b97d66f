"""A receipt's PDF: made once, kept in private storage, made again whenever it is missing."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User

from .. import papers
from ..models import Paper, Receipt
from ..queries.receipts import receipt_for, sheet_of

log = logging.getLogger(__name__)


class PaperFollows(Exception):
    """The PDF cannot be made just now. The payment stands, and the print page shows the same."""

    def __init__(self) -> None:
        super().__init__(_("The paper could not be made just now and follows. The payment stands."))


def read_paper_for(*, user: User, full_number: str, at: datetime, for_customer: bool = False) -> bytes:
    """The PDF of a receipt, for somebody who may see it. Raises ReceiptNotFound, PaperFollows.

    The one in the hall's language is kept; one in the customer's own is made whenever somebody asks.
    """
    receipt = receipt_for(user, full_number, at=at)
    if not for_customer:
        return read_paper(receipt=receipt, at=at)
    with _following(receipt):
        return render_receipt(receipt, for_customer=True)


def read_paper(*, receipt: Receipt, at: datetime) -> bytes:
    """The receipt as PDF, kept or made now. Raises PaperFollows."""
    kept = Paper.objects.filter(receipt=receipt).first()
    if kept and default_storage.exists(kept.path):
        with default_storage.open(kept.path) as file:
            pdf: bytes = file.read()
        return pdf
    with _following(receipt):
        return make_paper(receipt=receipt, at=at)


@contextmanager
def _following(receipt: Receipt) -> Iterator[None]:
    """Whatever goes wrong with the renderer: the paper follows."""
    try:
        yield
    except Exception as error:
        log.exception("receipt paper failed", extra={"receipt": receipt.full_number})
        raise PaperFollows from error


def make_paper(*, receipt: Receipt, at: datetime) -> bytes:
    """Render a receipt and keep the file; made twice it is the same file. Raises whatever the renderer raises."""
    pdf = render_receipt(receipt)
    path = f"receipts/{receipt.hall.code}/{receipt.year}/{receipt.full_number}.pdf"
    default_storage.delete(path)
    default_storage.save(path, ContentFile(pdf))
    with transaction.atomic():
        Paper.objects.update_or_create(receipt=receipt, defaults={"path": path, "made_at": at})
    return pdf


def render_receipt(receipt: Receipt, *, for_customer: bool = False) -> bytes:
    """A receipt's snapshot as PDF, in the language it was issued in or the customer's own."""
    sheet = sheet_of(receipt, for_customer=for_customer)
    return papers.render_pdf("billing/pdf/receipt.html", {"sheet": sheet}, sheet.language)
