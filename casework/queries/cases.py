"""Cases for lists and pages."""

from collections.abc import Collection

from django.db.models import QuerySet

from ..models import Case, Event, Transfer

_RELATED = (
    *("timeline", "general_request", "account__customer", "premises", "hall", "owner", "first_asked", "named"),
    *("merged_into", "split_from", "asker"),
)


class CaseNotFound(Exception):
    """No case that the reader may see has this reference."""


def get_case(reference: str, among: QuerySet[Case]) -> Case:
    """The case with all that its page shows of it. ``among`` are those the reader may see. Raises CaseNotFound."""
    case = among.select_related(*_RELATED).filter(reference=reference).first()
    if case is None:
        raise CaseNotFound
    return case


def newest_first(among: QuerySet[Case]) -> QuerySet[Case]:
    """A customer's list: what is being worked on first."""
    return among.select_related("timeline", "general_request", "account").order_by("closed_at", "-opened_at", "pk")


def pending_transfer(case: Case) -> Transfer | None:
    """Who is asked to take it now."""
    offers = case.transfers.filter(outcome=Transfer.Outcome.PENDING)
    return offers.select_related("to_staff", "to_hall", "asked_by").first()


def times_reopened(case: Case, labels: Collection[str]) -> int:
    """How often these actors opened a case again."""
    return Event.objects.filter(timeline=case.timeline_id, verb="case.reopened", by__in=list(labels)).count()


def tracked_case(reference: str, code: str) -> Case | None:
    """The case of a reference and its code; None when either is wrong, after the same look-up in every case."""
    return Case.objects.filter(reference=reference, tracking_code=code, erased_at=None).exclude(tracking_code="").first()
