"""Follow-ups are born when a case ends, once for each ending, and dropped when that ending did not last."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.actors import System
from casework.callback_rules import rules
from casework.models import Case
from casework.operations import move

from .. import cadence
from ..models import FollowUp
from ..queries.occasions import is_over, last_occasion, promised_by
from ..states import FOLLOW_UP

BY = System("callbacks")


@transaction.atomic
def bear(*, case: Case, occasion: int, born_at: datetime) -> FollowUp | None:
    """Somebody is to ask about the ending that event ``occasion`` told of; None where nobody is, or it did not last. Safe to repeat.

    Where somebody is to ask already (the customer says once more that it is not done), that call becomes a pressing one.
    """
    rule = rules().get(case.kind)
    if rule is None or not rule.is_wanted(case) or is_over(case, occasion):
        return None
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    waiting = FollowUp.objects.filter(case=case, status=FollowUp.Status.WAITING).first()
    if waiting is not None and not is_over(case, waiting.occasion):
        if waiting.occasion < occasion:
            FollowUp.objects.filter(pk=waiting.pk).update(is_pressing=True)
        return waiting
    if waiting is not None:
        _drop(waiting, born_at)
    found, _made = FollowUp.objects.get_or_create(
        case=case,
        occasion=occasion,
        turn=1,
        defaults={
            "kind": case.kind,
            "way": rule.way(case),
            "is_pressing": not _resolves(case, occasion),
            "born_at": born_at,
            "ring_from": awake(born_at),
            "due_at": promised_by(case, occasion) or born_at + timedelta(hours=settings.CALLBACK_HOURS),
            # Whom we cannot write to finds the questions where they look their case up.
            "link_until": None if is_anybody_known(case) else born_at + timedelta(days=settings.CALLBACK_LINK_DAYS),
        },
    )
    return found


def is_anybody_known(case: Case) -> bool:
    """A phone, an account or somebody who signed in: else nobody can be rung, and the code is their only way to us."""
    return bool(case.contact_phone or case.account_id or case.asker_id)


def bear_now(*, case: Case) -> FollowUp | None:
    """The same for a case that ended a moment ago, for whoever cannot wait until its events were followed."""
    rule = rules().get(case.kind)
    told = last_occasion(case, rule) if rule else None
    return bear(case=case, occasion=told.seq, born_at=told.at) if told else None


def bear_again(*, follow_up: FollowUp, from_: datetime) -> FollowUp:
    """One more call about the same ending, from a later moment on; in the caller's transaction. Safe to repeat."""
    found, _made = FollowUp.objects.get_or_create(
        case=follow_up.case,
        occasion=follow_up.occasion,
        turn=follow_up.turn + 1,
        defaults={
            "kind": follow_up.kind,
            "way": follow_up.way,
            "born_at": from_,
            "ring_from": awake(from_),
            "due_at": from_ + timedelta(hours=settings.CALLBACK_HOURS),
        },
    )
    return found


@transaction.atomic
def bear_after_problem(*, follow_up: FollowUp, from_: datetime) -> None:
    """A problem that was heard is answered: ask again, where what was not settled could not be opened again. Safe to repeat."""
    case = Case.objects.select_for_update(no_key=True).get(pk=follow_up.case_id)
    is_waiting = FollowUp.objects.filter(case=case, status=FollowUp.Status.WAITING).exists()
    if follow_up.settled is False and not is_waiting and not is_over(case, follow_up.occasion):
        bear_again(follow_up=follow_up, from_=from_)


@transaction.atomic
def drop(*, case: Case, before: int, at: datetime) -> None:
    """The ending did not last (event ``before`` says so): who waited to be asked about it waits no more. Safe to repeat."""
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    waiting = FollowUp.objects.select_related("case").filter(case=case, status=FollowUp.Status.WAITING, occasion__lt=before).first()
    if waiting is not None:
        _drop(waiting, at)


def awake(at: datetime) -> datetime:
    """This moment, or the end of the quiet hours."""
    return cadence.awake(at, span=settings.QUIET_HOURS, zone=settings.TIME_ZONE)


def _resolves(case: Case, occasion: int) -> bool:
    """Whether it is the ending itself, and not a word of the customer's after it."""
    return case.timeline.events.filter(seq=occasion, verb="case.resolved").exists()


def _drop(waiting: FollowUp, at: datetime) -> None:
    move(waiting, FOLLOW_UP, "drop", by=BY, at=at, fields={"ended_at": at}, follow_up=waiting.pk)
