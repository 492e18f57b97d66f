"""Two cases that are one, and one that is two."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from ..models import Case
from ..registry import mergers
from .assignment import Ended, withdraw_offer
from .cases import Opening, move_case, open_case
from .events import Step, record


class NotMerged(Exception):
    """It stays a case of its own, and why: every kind of case may have reasons of its own (registry.mergers)."""


class SameCase(NotMerged):
    """A case is not merged into itself or into one that is itself merged away."""

    def __init__(self) -> None:
        super().__init__(_("Choose another case that is still being worked on."))


@transaction.atomic
def merge(*, case: Case, into: Case, by: Actor, at: datetime) -> Case:
    """Let a case go on in another one, which the customer's question is answered in. Raises NotMerged, WrongMove, StaleRow, Forbidden."""
    if case.pk == into.pk or not into.is_unfinished:
        raise SameCase
    # Both rows in the order of their keys, so that two people merging crosswise do not wait for each other.
    found = Case.objects.select_for_update(no_key=True).filter(pk__in=[case.pk, into.pk]).order_by("pk")
    if not all(one.is_unfinished for one in found):
        raise SameCase
    if (carry_over := mergers().get(case.kind)) is not None:
        carry_over(case=case, into=into, by=by, at=at)
    offered = withdraw_offer(case=case, by=by, at=at)
    move_case(case=case, verb="merge", by=by, at=at, fields={"merged_into": into}, facts={"into": into.pk})
    if offered:
        record(timeline_id=case.timeline_id, steps=offered, by=by, at=at)
    record(timeline_id=into.timeline_id, steps=[Step("case.merged_here", {"case": case.pk})], by=by, at=at)
    return into


@transaction.atomic
def split(*, case: Case, opening: Opening, by: Actor, at: datetime) -> Case:
    """Open a case of its own for a part of another one; both know each other. Raises Ended and what ``open_case`` raises."""
    if not case.is_unfinished:
        raise Ended
    part = open_case(opening=opening, by=by, at=at)
    record(timeline_id=case.timeline_id, steps=[Step("case.split_off", {"part": part.pk})], by=by, at=at)
    return part
