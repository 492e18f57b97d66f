"""Answers for everybody as colleagues see them: the lists, and one with its original beside it."""

from typing import Any

from casework.models import Case

from .. import publication_marks
from ..models import Answer, Appeal, Complaint, Publication, PublicationFile
from ..states import PublicationStatus

_MOST = 200


def by_status() -> dict[str, list[Publication]]:
    """The drafts, those that wait, those that everybody reads, those that were taken back; the newest first."""
    rows = Publication.objects.select_related("drafted_by", "published_by", "withdrawn_by").order_by("-number")
    return {
        "waiting": list(rows.filter(status=PublicationStatus.PROPOSED)[:_MOST]),
        "drafts": list(rows.filter(status=PublicationStatus.DRAFT)[:_MOST]),
        "published": list(rows.filter(status=PublicationStatus.PUBLISHED)[:_MOST]),
        "withdrawn": list(rows.filter(status=PublicationStatus.WITHDRAWN)[:_MOST]),
    }


def original(case: Case | None) -> tuple[str, str]:
    """What was asked and answered in the case, in the people's own words; empty where there is none or it is erased."""
    if case is None:
        return "", ""
    asked = Appeal.objects.filter(case=case).values_list("text", flat=True).first()
    asked = asked if asked is not None else Complaint.objects.filter(case=case).values_list("text", flat=True).first()
    answers = Answer.objects.filter(case=case).order_by("number").values_list("text", flat=True)
    return asked or "", "\n\n".join(answers)


def page_of(publication: Publication) -> dict[str, Any]:
    """The words with their marks, what differs from the original, the files with what was found in them."""
    asked, answered = original(publication.case)
    sides = ((asked, publication.question), (answered, publication.answer))
    marks = sum(publication_marks.total(publication_marks.counted(words)) for words in (publication.question, publication.answer))
    files: list[PublicationFile] = list(publication.files.select_related("added_by", "looked_at_by").order_by("number"))
    return {
        "question_pieces": publication_marks.pieces(publication.question),
        "answer_pieces": publication_marks.pieces(publication.answer),
        "changes": [publication_marks.changes(before, after) for before, after in sides] if asked or answered else [],
        "marks": marks,
        "files": files,
        "to_look_at": marks + sum(row.must_be_looked_at for row in files),
    }
