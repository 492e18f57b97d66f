"""What would happen if a button were pressed: who would be told what, and why a button is grey."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actors import Actor
from accounts.permissions import Allowed, may
from notices.models import Channel
from notices.operations.wording import Words, words_of

from .. import outage_permissions
from ..models import Outage, OutageNotice
from ..outage_rules import is_told_in_time
from ..queries.outage_reach import Reach, outermost, reach_of
from . import outage_nights
from .outage_messages import context_of, letter_of
from .outage_plans import Plan
from .outage_refusals import NightRestoration, NoticeTooLate, TooEarly


@dataclass(frozen=True)
class Preview:
    """Whom a round would tell, and its words in each language (name, words)."""

    reach: Reach
    letters: list[tuple[str, str, Words]]


def preview(*, outage: Outage, at: datetime) -> Preview:
    """What telling customers of it for the first time would say, and to how many."""
    places = list(outage.territories.all())
    starts_at = at if outage.is_accident else outage.starts_at
    plan = Plan(places=places, reason=outage.reason, starts_at=starts_at, until=outage.promised_until)
    return preview_plan(plan=plan, kind=outage.kind, at=at)


def preview_plan(*, plan: Plan, kind: str, at: datetime) -> Preview:
    """The same of what is only thought of yet: nothing is written."""
    outage = Outage(kind=kind, reason=plan.reason, starts_at=plan.starts_at, promised_until=plan.until)
    told = OutageNotice.Kind.BEGUN if outage.is_accident else OutageNotice.Kind.PLANNED
    notice = OutageNotice(outage=outage, kind=told, starts_at=plan.starts_at, until=plan.until, made_at=at)
    places, letters = outermost(plan.places), []
    for code, name in settings.LANGUAGES:
        with override(code):
            context = context_of(notice, places)
        letters.append((code, name, words_of(letter_of(notice.kind), channel=Channel.EMAIL, language=code, context=context, at=at)))
    return Preview(reach_of([place.path for place in places]), letters)


def may_announce(*, outage: Outage, by: Actor, at: datetime) -> Allowed:
    """Whether it can be announced now, and if not, why."""
    allowed = may(outage_permissions.check_may_plan, by, at=at)
    if not allowed:
        return allowed
    if outage.starts_at <= at:
        return Allowed(False, _("It should have begun already. Change the plan first."))
    if not is_told_in_time(told_at=at, starts_at=outage.starts_at) and outage.emergency_approved_by_id is None:
        return Allowed(False, str(NoticeTooLate()))
    return _by_day(outage, outage.promised_until)


def may_begin(*, outage: Outage, by: Actor, at: datetime) -> Allowed:
    """Whether the valves may be closed now."""
    allowed = may(outage_permissions.check_may_plan, by, at=at)
    if allowed and at < outage.starts_at:
        return Allowed(False, str(TooEarly()))
    return allowed


def may_end(*, outage: Outage, by: Actor, at: datetime) -> Allowed:
    """Whether gas may come on now."""
    allowed = may(outage_permissions.check_may_plan, by, at=at)
    return _by_day(outage, at) if allowed else allowed


def _by_day(outage: Outage, moment: datetime) -> Allowed:
    try:
        outage_nights.check_until(outage=outage, until=moment)
    except NightRestoration as refusal:
        return Allowed(False, str(refusal))
    return Allowed(True)
