"""Forget what people wrote, when the case is erased: numbers stay, for they name nobody."""

from datetime import datetime

from casework.models import Case

from ..models import FollowUp


def forget_words(*, case: Case, at: datetime) -> None:
    """Blank texts, words and letters of a case's follow-ups, and close their links. Safe to repeat."""
    FollowUp.objects.filter(case=case).update(texts={}, words="", letter="", link_until=None)
