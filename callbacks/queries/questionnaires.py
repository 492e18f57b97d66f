"""What is asked now, and what was asked then."""

from dataclasses import dataclass

from ..models import FollowUp, Questionnaire
from ..questions import ANY_KIND, Question, of_the_house, parse


@dataclass(frozen=True)
class Asked:
    """One version of a questionnaire: its kind and number, and the questions."""

    kind: str
    number: int
    questions: tuple[Question, ...]


def current(kind: str) -> Asked:
    """The newest questionnaire for cases of a kind: the operator's, or the one that came with the house where that is newer."""
    house = of_the_house()
    key = kind if kind in house or Questionnaire.objects.filter(kind=kind).exists() else ANY_KIND
    kept = Questionnaire.objects.filter(kind=key).order_by("-number").first()
    number, rows = house.get(key, (0, []))
    if kept is not None and kept.number >= number:
        return Asked(key, kept.number, parse(kept.questions))
    return Asked(key, number, parse(rows))


def asked_in(follow_up: FollowUp) -> Asked:
    """What was asked when it was answered, else what would be asked now."""
    kept = follow_up.questionnaire
    return Asked(kept.kind, kept.number, parse(kept.questions)) if kept else current(follow_up.kind)
