"""The letter that asks, as a paper in the customer's language."""

import segno
from django.conf import settings
from django.utils.safestring import mark_safe

import notices.operations
from billing import papers

from .models import FollowUp
from .operations import links


def letter_as_pdf(found: FollowUp) -> bytes:
    """The letter as it was kept, with the address where it can be answered, also as a QR code, while that is open."""
    address = links.address_of(found) if found.link_until else ""
    code = segno.make(address, error="m", micro=False).svg_inline(border=0, omitsize=True) if address else ""
    account = found.case.account
    context = {
        "follow_up": found,
        "case": found.case,
        "company": settings.COMPANY,
        "address": address,
        "qr": mark_safe(code),
        "home": account.premises.address if account and account.premises else "",
    }
    return papers.render_pdf("callbacks/pdf/letter.html", context, notices.operations.language_of(found.case))
