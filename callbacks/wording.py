"""Answers and letters in words."""

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

import notices.operations
from casework import kinds, references

from .models import FollowUp
from .queries.questionnaires import Asked
from .questions import SCORE, YES_NO


def answers_in_words(follow_up: FollowUp, asked: Asked) -> list[tuple[str, str]]:
    """Question and answer, in the order in which they were asked; what was not answered is left out."""
    language, found = get_language() or "en", []
    for question in asked.questions:
        value = follow_up.answers.get(question.code)
        if question.sort == YES_NO and value is not None:
            found.append((question.words(language), _("yes") if value else _("no")))
        elif question.sort == SCORE and value is not None:
            found.append((question.words(language), _("%(score)s of 5") % {"score": value}))
        elif text := follow_up.texts.get(question.code):
            found.append((question.words(language), text))
    return found


def letter_to_begin_with(follow_up: FollowUp) -> str:
    """The letter that asks, in the customer's language, to be gone on with by whoever signs it."""
    case = follow_up.case
    with override(notices.operations.language_of(case)):
        day = formats.date_format(timezone.localtime(follow_up.born_at), "DATE_FORMAT")
        about = {"what": kinds.kind(case.kind).label, "reference": references.grouped(case.reference), "day": day}
        lines = [
            _("Your matter %(reference)s (%(what)s) ended on %(day)s.") % about,
            _("We want to know whether it is settled, and how satisfied you are with how we handled it."),
            _("Please write to us, ring %(phone)s, or answer at the address below.") % {"phone": settings.COMPANY["office_phone"]},
        ]
        return "\n\n".join(lines)
