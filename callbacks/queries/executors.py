"""Who worked on a case, so that somebody else asks about it."""

from django.db.models import F, Q

from casework.callback_rules import rules
from casework.models import Case
from fieldwork.models import CrewMember


def who_worked(case: Case) -> frozenset[int]:
    """Keys of the staff who were at the door in a crew at that time, and of whoever else the case's room names."""
    went = CrewMember.objects.filter(
        Q(until=None) | Q(until__gt=F("crew__visits__arrived_at")),
        crew__visits__case=case.pk,
        crew__visits__arrived_at__isnull=False,
        since__lte=F("crew__visits__arrived_at"),
    )
    rule = rules().get(case.kind)
    return frozenset(went.values_list("staff", flat=True)) | frozenset(rule.who_worked(case) if rule else ())
