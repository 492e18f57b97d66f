"""What a repair tells the crew that goes there: on fieldwork's pages, which know no repairs."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template

from casework.models import Case
from fieldwork.models import Visit

from .. import wording
from ..models import Repair

register = template.Library()


@register.inclusion_tag("repairs/at_the_door.html")
def repair_at_the_door(case: Case | None) -> dict[str, Any]:
    """What was reported, the answers to the questions and why it is urgent; of cases of other kinds what they are about."""
    repair = Repair.objects.filter(case=case).first() if case else None
    if repair is None:
        return {"subject": case.title if case else ""}
    known = {question: wording.ANSWERS[answer] for question, answer in repair.answers.items() if answer in wording.ANSWERS}
    answers = [(words, known[question]) for question, words in wording.QUESTIONS.items() if question in known]
    return {"repair": repair, "answers": answers, "reasons": wording.reasons_in_words(repair.reasons)}


@register.simple_tag
def places_in_words(visits: Iterable[Visit]) -> Mapping[int, str]:
    """Where reporters said it is, by case, for visits to no door that we know. One statement."""
    cases = [visit.case_id for visit in visits if visit.case and visit.case.premises_id is None]
    return dict(Repair.objects.filter(case__in=cases).exclude(place="").values_list("case_id", "place")) if cases else {}


@register.simple_tag
def place_in_words(visit: Visit) -> Mapping[int, str]:
    """The same for one visit."""
    return places_in_words([visit])
