"""Calls to the hotline: who rings, who talks, what is still to be written down or made of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from accounts.clock import business_date, business_midnight
from accounts.models import Staff

from ..models import Call, HotlineLine, WorkplaceCheck
from ..states import RUNNING, CallStatus

#: An exchange that said nothing more of a call for so long has lost it.
_LOST = timedelta(hours=3)
_RINGS = timedelta(minutes=10)


class CallNotFound(Exception):
    """No call has this reference."""


def facts_of(line: HotlineLine | None, agent: Staff | None) -> Mapping[str, object]:
    """What the first event says, so that no clock has to ask."""
    return {
        "kind": "call",
        "channel": "phone",
        "classification": "",
        "urgency": "",
        "area": "",
        "segment": "",
        "hall": agent.hall_id if agent else None,
        "owner": agent.pk if agent else None,
        "line": line.number if line else "",
    }


def get_call(reference: str) -> Call:
    """One call with all that its page shows. Raises CallNotFound."""
    found = _whole().filter(reference=reference).first()
    if found is None:
        raise CallNotFound(reference)
    return found


def running_of(agent: Staff) -> Call | None:
    """The call this agent has not written down yet: the oldest of them, which may still be going on."""
    mine = _whole().filter(agent=agent, status__in=[CallStatus.TALKING, CallStatus.HELD, CallStatus.ENDED])
    return mine.order_by("rang_at", "pk").first()


def ringing() -> QuerySet[Call]:
    """Whom nobody has answered yet, the longest first."""
    return _whole().filter(status=CallStatus.RINGING).order_by("rang_at", "pk")


def talked_now() -> QuerySet[Call]:
    """Calls that run, for who may join them."""
    return _whole().filter(status__in=[CallStatus.TALKING, CallStatus.HELD]).order_by("answered_at", "pk")


def latest_of(agent: Staff, *, most: int = 20) -> QuerySet[Call]:
    """This agent's calls, the newest first."""
    return _whole().filter(agent=agent).order_by("-rang_at", "-pk")[:most]


def silent(*, at: datetime) -> list[int]:
    """Keys of calls the exchange has lost: ringing for ten minutes, or talked for three hours."""
    rings = Q(status=CallStatus.RINGING, rang_at__lt=at - _RINGS)
    talks = Q(status__in=[CallStatus.TALKING, CallStatus.HELD], answered_at__lt=at - _LOST)
    return list(Call.objects.filter(rings | talks, exchange_id__gt="").order_by("pk").values_list("pk", flat=True))


def to_forget(*, before: datetime) -> QuerySet[Call, int]:
    """Keys of calls whose words are kept no longer."""
    return (
        Call.objects.filter(rang_at__lt=before, forgotten_at=None).exclude(status__in=RUNNING).order_by("pk").values_list("pk", flat=True)
    )


def check_of(staff: Staff, *, at: datetime) -> WorkplaceCheck | None:
    """Today's look over the workplace, if there was one."""
    return WorkplaceCheck.objects.filter(staff=staff, day=business_date(at)).first()


def faulty_workplaces(*, at: datetime) -> QuerySet[WorkplaceCheck]:
    """Workplaces that are not in order today, for who can have them mended."""
    since = business_midnight(business_date(at))
    return WorkplaceCheck.objects.select_related("staff").filter(at__gte=since).exclude(missing=[]).order_by("at", "pk")


def _whole() -> QuerySet[Call]:
    return Call.objects.select_related("line", "agent", "first_asked", "account__customer", "account__premises")
