"""What became of a complaint or a letter that goes on in another case, for who holds the code of the first alone.

Note [Two who complained, one answer]
    The other case may be somebody else's. Of it only the status is told, and our answer, since it answers these words too. Whatever
    tells who the other is was perhaps written into it: all that we know of them is taken out, with the number and code that would open
    their page, and so is what the detector finds; only our own phones stay. Their letter and what they were promised are not shown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casework import references
from casework.models import Case
from notices.personal_data import Found, redact
from notices.personal_words import found_in

from ..models import Answer, Appeal, Complaint
from ..states import APPEAL, COMPLAINT

_KINDS = {COMPLAINT.kind, APPEAL.kind}
#: Where an answer stands that was given before the cases became one.
_ANSWERED = {"answered", "settled", "closed"}


@dataclass(frozen=True)
class GoingOn:
    """The case in which it goes on, and what we answered there; ``text`` is empty before that."""

    case: Case
    text: str = ""
    language: str = ""
    at: datetime | None = None


def going_on(case: Case) -> GoingOn | None:
    """How a merged complaint or letter stands; None for others. See Note [Two who complained, one answer]."""
    if case.kind not in _KINDS or case.merged_into_id is None:
        return None
    last = _last_of(case)
    text, language, at = ("", "", None) if last.erased_at else _answer(last)
    is_theirs_too = at is not None and (case.closed_at is None or at >= case.closed_at or last.status in _ANSWERED)
    return GoingOn(last, _without_the_other(text, last), language, at) if text and is_theirs_too else GoingOn(last)


def _last_of(case: Case) -> Case:
    """A case merged into one that was merged in its turn: the one that is worked on."""
    related = Case.objects.select_related("account__customer", "account__premises", "premises")
    found = case
    while found.merged_into_id is not None:
        found = related.get(pk=found.merged_into_id)
    return found


def _answer(case: Case) -> tuple[str, str, datetime | None]:
    """The newest of ours; a general request keeps its own."""
    row = Answer.objects.filter(case=case).order_by("number").last()
    if row is not None:
        return row.text, row.language, row.at
    asked = getattr(case, "general_request", None)
    return (asked.answer, case.language, asked.answered_at) if asked else ("", "", None)


def _without_the_other(text: str, case: Case) -> str:
    found = found_in(text)
    for words in _known_of(case):
        found += [Found(hit.start(), hit.end(), "name") for hit in re.finditer(re.escape(words), text, re.IGNORECASE)]
    return redact(text, found)


def _known_of(case: Case) -> Iterator[str]:
    """Whatever we have written down about whose case it is."""
    account = case.account
    said = [case.contact_name, case.contact_phone, case.reference, case.tracking_code]
    said += [references.grouped(case.reference), references.grouped(case.tracking_code)]
    said += [str(place.address) for place in (case.premises, account and account.premises) if place]
    said += [account.number, account.customer.name] if account else []
    for row in (Complaint.objects.filter(case=case).first(), Appeal.objects.filter(case=case).first()):
        said += [str(getattr(row, name, "")) for name in ("email", "address", "place")]
    return (words.strip() for words in said if len(words.strip()) > 1)
