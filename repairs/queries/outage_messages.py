"""What became of the messages about an interruption: how many wait, went out, arrived, and whom nothing has reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from notices.models import Channel, Message, MessageStatus

from ..models import Outage, OutageNotice
from .outage_reach import accounts_below, paths_of

#: Shown of those whom nothing reached.
MOST = 200
_DELIVERED = Q(delivered_at__isnull=False)
#: State -> which messages are in it; each is in one.
_STATES: tuple[tuple[str, str | Promise, Q], ...] = (
    ("owed", _("on the way"), Q(status__in=[MessageStatus.OWED, MessageStatus.SENDING])),
    ("delivered", _("arrived"), Q(status=MessageStatus.SENT) & ~Q(channel=Channel.CABINET) & _DELIVERED),
    ("sent", _("sent, not confirmed"), Q(status=MessageStatus.SENT) & ~Q(channel=Channel.CABINET) & ~_DELIVERED),
    ("read", _("read in the cabinet"), Q(channel=Channel.CABINET, read_at__isnull=False)),
    ("cabinet", _("only in the cabinet, not read"), Q(channel=Channel.CABINET, read_at=None)),
    ("dead", _("given up"), Q(status=MessageStatus.DEAD)),
)


@dataclass(frozen=True)
class State:
    """So many messages are in a state: its code, in words, how many."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Round:
    """One round of messages with the states of those written so far. ``total`` messages for ``notice.expected`` accounts."""

    notice: OutageNotice
    states: Sequence[State]
    total: int


def rounds_of(outage: Outage) -> list[Round]:
    """Every round, the latest first, one statement each."""
    return [_round(notice) for notice in outage.notices.order_by("-number")]


def delivery(outage: Outage) -> list[State]:
    """All its messages by state; one statement."""
    return _states(_of(f"outage:{outage.pk}:", outage))


def not_delivered(outage: Outage) -> list[Message]:
    """Whom nothing has reached: given up, or lying unread in the cabinet; the latest round first."""
    missed = _STATES[4][2] | _STATES[5][2]
    rows = _of(f"outage:{outage.pk}:", outage).filter(missed).select_related("customer")
    return list(rows.order_by("status", "-pk")[:MOST])


def accounts_given_up(outage: Outage) -> QuerySet[Account]:
    """The accounts below its places whose customers' messages were given up."""
    lost = _of(f"outage:{outage.pk}:", outage).filter(status=MessageStatus.DEAD).values("customer")
    return accounts_below(paths_of(outage)).filter(customer__in=lost)


def _round(notice: OutageNotice) -> Round:
    states = _states(_of(f"outage:{notice.outage_id}:{notice.number}:", notice.outage))
    return Round(notice, states, sum(state.count for state in states))


def _of(prefix: str, outage: Outage) -> QuerySet[Message]:
    # Those of this interruption are younger than it: the index by age spares a walk through all there are.
    return Message.objects.filter(key__startswith=prefix, created_at__gte=outage.timeline.opened_at)


def _states(rows: QuerySet[Message]) -> list[State]:
    counted = rows.aggregate(**{code: Count("pk", filter=which) for code, _label, which in _STATES})
    return [State(code, str(label), counted[code]) for code, label, _which in _STATES if counted[code]]
