"""The fingerprint of a contract: all that is agreed, in one number that is kept with the acceptance, in the journal and on the paper.

Note [It survives erasure]
    Names, the place and free words go into it as a salted digest of their own, as personal data goes into the journal. When they are
    erased the salt goes with them, so that nobody can guess them from what stays; that digest stays, and with it the fingerprint of
    number, lines, amounts and days can be made again, and proved against the journal.
"""

import hashlib
import json
from typing import Any

from django.conf import settings

from casework import journal

from ..models import Contract
from .quote_words import line_words, place_of

#: The version of the words around the lines (templates/connections/pdf/contract.html); they are part of what is agreed.
TERMS = "2026-11"


def digest_of(contract: Contract) -> str:
    """Of what stands on the paper now. See Note [It survives erasure]."""
    quote = contract.quote
    agreed: dict[str, Any] = {
        "number": contract.number,
        "terms": TERMS,
        "company": str(settings.COMPANY["name"]),
        "kind": quote.application.kind,
        "lines": [
            [line.fee.key if line.fee else "", line.hundredths, line.price, line.amount] for line in quote.lines.select_related("fee")
        ],
        "total": quote.total,
        "currency": settings.CURRENCY,
        "valid_until": str(quote.valid_until),
        "personal": personal_digest(contract),
    }
    return hashlib.sha256(_canonical(agreed)).hexdigest()


def personal_digest(contract: Contract) -> str:
    """Of its part about people: whose it is, where, and the words of the lines; as it was accepted, once they are erased."""
    if not contract.salt:
        return contract.personal
    application = contract.quote.application
    words = [line_words(line, settings.LANGUAGE_CODE) for line in contract.quote.lines.select_related("fee")]
    about = [application.case.contact_name, application.organisation, place_of(application), words]
    return journal.digest(_canonical(about).decode(), salt=contract.salt)


def _canonical(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
