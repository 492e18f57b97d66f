"""An answer as a letter: what stands on the paper, in the language of the customer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from accounts.models import Account
from casework import references
from casework.models import Case, Channel

from ..models import Answer, Appeal, Complaint, FollowUpWork


@dataclass(frozen=True)
class Letter:
    """All of it. ``address`` is empty for who gave none: then the letter is handed over or read."""

    answer: Answer
    case: Case
    language: str
    reference: str
    name: str
    address: str
    matter: str
    works: Sequence[FollowUpWork]
    is_refusal: bool
    reopen_days: int


def letter_of(answer: Answer) -> Letter:
    """The letter of one answer, made anew whenever somebody asks for it. To be called in the letter's language."""
    case = answer.case
    complaint = Complaint.objects.filter(case=case).first()
    account = case.account
    return Letter(
        answer=answer,
        case=case,
        language=answer.language or settings.LANGUAGE_CODE,
        reference=references.grouped(case.reference),
        name=case.contact_name or (account.customer.name if account else ""),
        address=(complaint.address if complaint else "") or _home(account) or _on_paper(case),
        matter=case.title,
        works=list(answer.works.select_related("work").order_by("pk")),
        is_refusal=complaint is not None and complaint.outcome == "refused",
        reopen_days=settings.REOPEN_DAYS,
    )


def _home(account: Account | None) -> str:
    return str(account.premises.address) if account and account.premises else ""


def _on_paper(case: Case) -> str:
    """Where a letter to the reception came from that left no other way to answer."""
    appeal = Appeal.objects.filter(case=case, email="").first() if case.channel == Channel.LETTER and not case.contact_phone else None
    return appeal.place if appeal else ""
