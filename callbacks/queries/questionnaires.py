"""What is asked now, what was asked then, and what is being written."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext

from casework import kinds
from casework.callback_rules import rules

from ..models import FollowUp, Questionnaire, QuestionnaireDraft
from ..questions import ANY_KIND, Question, of_the_house, parse


@dataclass(frozen=True)
class Asked:
    """One version of a questionnaire: its kind and number, and the questions."""

    kind: str
    number: int
    questions: tuple[Question, ...]


def current(kind: str, at: datetime) -> Asked:
    """The newest questionnaire for cases of a kind: the operator's, or the one that came with the house where that is newer."""
    house = of_the_house()
    held = Questionnaire.objects.filter(since__lte=at)
    key = kind if kind in house or held.filter(kind=kind).exists() else ANY_KIND
    kept = held.filter(kind=key).order_by("-number").first()
    number, rows = house.get(key, (0, []))
    if kept is not None and kept.number >= number:
        return Asked(key, kept.number, parse(kept.questions))
    return Asked(key, number, parse(rows))


def asked_in(follow_up: FollowUp, at: datetime) -> Asked:
    """What was asked when it was answered, else what would be asked at this moment."""
    kept = follow_up.questionnaire
    return Asked(kept.kind, kept.number, parse(kept.questions)) if kept else current(follow_up.kind, at)


def versions_of(kind: str) -> QuerySet[Questionnaire]:
    """All that were ever used or published for a kind, the newest first."""
    return Questionnaire.objects.filter(kind=kind).select_related("written_by", "published_by").order_by("-number")


def draft_of(kind: str) -> QuestionnaireDraft | None:
    """What is being written for a kind."""
    return QuestionnaireDraft.objects.filter(kind=kind).select_related("written_by").first()


@dataclass(frozen=True)
class Line:
    """A kind of matter: what is asked about it, what will be, and what is being written. ``slug`` stands in addresses."""

    kind: str
    name: str
    asked: Asked
    coming: Questionnaire | None
    draft: QuestionnaireDraft | None

    @property
    def slug(self) -> str:
        return "other" if self.kind == ANY_KIND else self.kind


def lines(at: datetime) -> list[Line]:
    """Every kind that has questions of its own, or may have; the last stands for all others."""
    own = {*rules(), *of_the_house(), *Questionnaire.objects.values_list("kind", flat=True), "sample"} - {ANY_KIND}
    drafts = {one.kind: one for one in QuestionnaireDraft.objects.select_related("written_by").order_by("kind")}
    coming = {one.kind: one for one in Questionnaire.objects.filter(since__gt=at).order_by("-since", "-number")}
    return [Line(kind, name_of(kind), current(kind, at), coming.get(kind), drafts.get(kind)) for kind in [*sorted(own), ANY_KIND]]


def name_of(kind: str) -> str:
    """What a kind is called on pages."""
    if kind == "sample":
        return gettext("samples")
    return gettext("all other matters") if kind == ANY_KIND else str(kinds.kind(kind).label)
