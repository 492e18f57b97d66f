"""Who sends people out, who goes, and who plans the crews. A part of the system acts by its own rules; a person needs the verb now."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
import casework.permissions
from accounts.actors import Actor
from accounts.models import Staff, User
from accounts.permissions import Forbidden
from accounts.roles import Verb
from casework.models import Case

from . import queries
from .models import Visit, VisitQuerySet
from .queries import phones


class NotYourVisit(Forbidden):
    """Another crew has it, or nobody."""

    def __init__(self) -> None:
        super().__init__(_("Your crew does not have this visit (any more). Ask the dispatcher if you are there already."))


class NotFromThisCrew(Forbidden):
    """A crew's step is told by somebody of that crew."""

    def __init__(self) -> None:
        super().__init__(_("Choose who told you: somebody who was in this crew then."))


def check_may_dispatch(actor: Actor, *, at: datetime) -> None:
    """Offer a visit to a crew, take it back, call it off. Raises Forbidden."""
    _check(actor, Verb.DISPATCH, at)


def check_may_plan_crews(actor: Actor, *, at: datetime) -> None:
    """Crews, their members and their roster. Raises Forbidden."""
    _check(actor, Verb.PLAN_CREWS, at)


def check_may_agree(actor: Actor, case: Case, *, at: datetime) -> None:
    """Agree a time for a case, move or give it up: customers for their own, staff who handle cases for anybody. Raises Forbidden."""
    if isinstance(actor, User) and not actor.is_staff:
        casework.permissions.check_may_see(actor, case, at=at)
        return
    _check(actor, Verb.HANDLE_CASES, at)


def check_may_visit(actor: Actor, visit: Visit, *, at: datetime) -> None:
    """Act at the door: a member, at this moment, of the crew that has the visit. Raises NotYourVisit, Forbidden."""
    _check(actor, Verb.VISIT, at)
    if isinstance(actor, User) and not (visit.crew_id and queries.crews_of(actor, at).filter(pk=visit.crew_id).exists()):
        raise NotYourVisit


def check_may_write_for(actor: Actor, visit: Visit, teller: Staff, *, at: datetime, moment: datetime) -> None:
    """Write down what somebody said over the radio who was in the visit's crew at that moment. Raises NotFromThisCrew, Forbidden."""
    _check(actor, Verb.DISPATCH, at)
    if not (visit.crew_id and queries.crews_of(teller.user, moment).filter(pk=visit.crew_id).exists()):
        raise NotFromThisCrew


def reported_visits(user: User | AnonymousUser, at: datetime) -> VisitQuerySet:
    """The visits about which this user may tell and show what was done: their crew has them, or was asked to take them with them in it."""
    if Verb.VISIT not in accounts.permissions.verbs_of(user, at) or not isinstance(user, User):
        return Visit.objects.none()
    crews = queries.crews_of(user, at).values("pk")
    asked = phones.offers_to(accounts.queries.current_staff(user)).values("visit")
    return Visit.objects.filter(Q(crew__in=crews) | Q(pk__in=asked))


def check_may_report(user: User, visit: Visit, *, at: datetime) -> None:
    """Raises NotYourVisit unless the visit is among ``reported_visits``."""
    if not reported_visits(user, at).filter(pk=visit.pk).exists():
        raise NotYourVisit


def _check(actor: Actor, verb: Verb, at: datetime) -> None:
    if isinstance(actor, User):
        accounts.permissions.check_verb(actor, verb, at=at)
