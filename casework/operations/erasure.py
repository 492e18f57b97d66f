"""Forget whose matter it was, and what was said: the journal holds no personal data and stays as it is."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import permissions
from ..models import Attachment, Case, Contact, GeneralRequest, NamedPaper, PaperList, Transfer
from .answers import erase_answers
from .events import Step
from .moves import amend


class NotEnded(Exception):
    """Somebody still works on it."""

    def __init__(self) -> None:
        super().__init__(_("This case is still being worked on. Close it first."))


@transaction.atomic
def erase_case(*, case: Case, by: Actor, at: datetime) -> Case:
    """Blank name, phone, subject and every word of an ended case, and delete its files. Its number, times and steps remain.

    Raises NotEnded, Forbidden, StaleRow.
    """
    permissions.check_may_erase(by, at=at)
    if case.is_unfinished:
        raise NotEnded
    GeneralRequest.objects.filter(case=case).update(text="", answer="")
    Contact.objects.filter(case=case).update(content="")
    Transfer.objects.filter(case=case).update(note="", reason="")
    PaperList.objects.filter(case=case).update(reason="")
    NamedPaper.objects.filter(paper_list__case=case).update(name="", remark="")
    kept = Attachment.objects.filter(case=case, erased_at=None)
    files = list(kept.values_list("file", flat=True))
    kept.update(name="", file="", sha256="", erased_at=at)
    blank = dict.fromkeys(("contact_name", "contact_phone", "subject", "search", "end_reason"), "")
    amend(case, fields={**blank, "erased_at": at}, steps=[Step("case.erased", {"attachments": len(files)})], by=by, at=at)
    erase_answers(about=case.reference)
    transaction.on_commit(lambda: _delete(files))
    return case


def _delete(files: list[str]) -> None:
    for name in files:
        default_storage.delete(name)
