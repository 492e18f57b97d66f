"""A receipt's PDF: made once, kept in private storage, made again whenever it is missing."""

import logging
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


def read_paper_for(*, user: User, full_number: str, at: datetime) -> bytes:
    """The PDF of a receipt, for somebody who may see it. Raises ReceiptNotFound, PaperFollows."""
    return read_paper(receipt=receipt_for(user, full_number, at=at), at=at)


def read_paper(*, receipt: Receipt, at: datetime) -> bytes:
    """The receipt as PDF, kept or made now. Raises PaperFollows."""
    kept = Paper.objects.filter(receipt=receipt).first()
    if kept and default_storage.exists(kept.path):
        with default_storage.open(kept.path) as file:
            pdf: bytes = file.read()
        return pdf
    try:
        return make_paper(receipt=receipt, at=at)
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


def render_receipt(receipt: Receipt) -> bytes:
    """A receipt's snapshot as PDF, in the language it was issued in."""
    return papers.render_pdf("billing/pdf/receipt.html", {"sheet": sheet_of(receipt)}, receipt.facts["language"])
