"""What answers promised."""

from django.db.models import QuerySet

from casework.models import Case, Event

from ..models import FollowUpWork


def works_of(case: Case) -> QuerySet[FollowUpWork]:
    """All that was promised in answers to this case, in the order in which it was."""
    return FollowUpWork.objects.filter(answer__case=case).select_related("work__timeline", "answer").order_by("pk")


def is_done_with(case: Case) -> bool:
    """Whether a case has ended, or what it was opened for is done and nobody has opened it again since."""
    if not case.is_unfinished:
        return True
    turns = Event.objects.filter(timeline=case.timeline_id, verb__in=["case.resolved", "case.reopened"]).order_by("seq")
    return list(turns.values_list("verb", flat=True))[-1:] == ["case.resolved"]
