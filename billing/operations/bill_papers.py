"""A bill's PDF, made whenever somebody asks: the bill itself is the snapshot."""

from datetime import datetime

from accounts.models import User

from .. import papers
from ..queries.bills import sheet_for


def make_bill_paper(*, user: User, number: str, at: datetime, language: str = "") -> bytes:
    """The bill-receipt [счёт-квитанция] for somebody who may see it, in a language or the customer's own. Raises BillNotFound."""
    sheet = sheet_for(user, number, at=at, language=language)
    return papers.render_pdf("billing/pdf/bill.html", {"sheet": sheet}, sheet.language)
