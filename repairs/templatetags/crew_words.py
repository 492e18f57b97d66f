"""What a repair tells the crew that goes there: on fieldwork's pages, which know no repairs."""

from typing import Any

from django import template

from casework.models import Case

from .. import wording
from ..models import Repair

register = template.Library()


@register.inclusion_tag("repairs/at_the_door.html")
def repair_at_the_door(case: Case | None) -> dict[str, Any]:
    """What was reported, the answers to the questions and why it is urgent; empty for visits of other kinds."""
    repair = Repair.objects.filter(case=case).first() if case else None
    if repair is None:
        return {}
    known = {question: wording.ANSWERS[answer] for question, answer in repair.answers.items() if answer in wording.ANSWERS}
    answers = [(words, known[question]) for question, words in wording.QUESTIONS.items() if question in known]
    return {"repair": repair, "answers": answers, "reasons": wording.reasons_in_words(repair.reasons)}
