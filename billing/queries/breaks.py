"""Breaks as whoever settles them looks at them: what waits, how long, in whose hands; and bills that were taken over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from casework.event_names import event_name
from casework.models import Event
from sla.models import Clock

from ..models import Break, Entry, Payout, ProviderPayment, Statement
from ..reconciliation.rows import BEIJING
from ..states import AssignmentStatus, BreakStatus, CommandStatus, RefundStatus, ReversalStatus
from .provider_books import book_of

#: Providers whose bills can be fetched.
WITH_BILLS = ("wechat", "alipay")
_SHOWN = 200


class BreakNotFound(Exception):
    """No break has this reference."""

    def __init__(self) -> None:
        super().__init__(_("There is no such break."))


@dataclass(frozen=True)
class Line:
    """An open break in the list: ``days`` it has been open, and when it is promised to be settled, if anything promises it."""

    found: Break
    days: int
    due_at: datetime | None


@dataclass(frozen=True)
class Told:
    """A line of the story of a break; ``by`` a label, or a name once it is ``named``."""

    at: datetime
    text: str
    note: str
    by: str

    def named(self, names: Mapping[str, str]) -> "Told":
        """With the name of whoever it was, where that was a person."""
        return replace(self, by=names.get(self.by, ""))


@dataclass(frozen=True)
class AtProvider:
    """How it stands with one provider: the last day whose bill we have, what by our books lies there, and its breaks still open."""

    provider: str
    label: str
    last_day: date | None
    balance: int
    open: int


def find_break(reference: str) -> Break:
    """With all that is shown of it. Raises BreakNotFound."""
    found = _rows().filter(reference=reference).first()
    if found is None:
        raise BreakNotFound
    return found


def _rows() -> QuerySet[Break]:
    return Break.objects.select_related("owner", "line__statement", "payment__checkout__account", "refund", "top_up__meter", "timeline")


def breaks(status: str = "") -> QuerySet[Break]:
    """Those in a status; without one all that are not settled."""
    return _rows().filter(status=status) if status else _rows().exclude(status=BreakStatus.SETTLED)


def open_breaks(at: datetime) -> list[Line]:
    """What is not settled, the oldest first."""
    rows = list(_rows().exclude(status=BreakStatus.SETTLED).order_by("found_at", "pk")[:_SHOWN])
    due = dict(
        Clock.objects.filter(timeline__in=[row.timeline_id for row in rows], stopped_at=None).values_list("timeline", "due_at"),
    )
    return [Line(row, (at - row.found_at).days, due.get(row.timeline_id)) for row in rows]


def due_at(found: Break) -> datetime | None:
    """When it is promised to be settled; None where it is, or where nothing promises it."""
    running = Clock.objects.filter(timeline=found.timeline_id, stopped_at=None).order_by("due_at")
    return running.values_list("due_at", flat=True).first()


def lately_settled() -> list[Break]:
    """The last ones, the newest first."""
    return list(_rows().filter(status=BreakStatus.SETTLED).order_by("-ended_at", "-pk")[:20])


def statements() -> list[Statement]:
    """The bills that were taken over, the newest day first."""
    return list(Statement.objects.order_by("-last_day", "provider", "-pk")[:30])


def at_providers() -> list[AtProvider]:
    """Each provider that has bills."""
    counts = dict(Break.objects.exclude(status=BreakStatus.SETTLED).order_by().values_list("provider").annotate(count=Count("pk")))
    names = dict(Statement._meta.get_field("provider").flatchoices)
    return [AtProvider(code, str(names[code]), last_day(code), balance(code), counts.get(code, 0)) for code in WITH_BILLS]


def bad_rows(statement: Statement) -> list[tuple[int, str]]:
    """The number in the file (0: the file as a whole) and what was wrong, in words."""
    sentences = {
        "summary": _("The rows do not add up to the summary: the file was cut, or something was written into it."),
        "contradicts": _("It says something else than the same row did before."),
    }
    column = _("The column “%(column)s” cannot be read.")
    return [(one["line"], sentences.get(one["because"]) or column % {"column": one["because"]}) for one in statement.bad]


def last_day(provider: str) -> date | None:
    """The last day whose bill was fetched from a provider or handed in."""
    return Statement.objects.filter(provider=provider).order_by("-last_day").values_list("last_day", flat=True).first()


def balance(provider: str) -> int:
    """What lies at a provider by our books, in minor units."""
    total: int | None = Entry.objects.filter(book=book_of(provider)).aggregate(total=Sum("amount"))["total"]
    return total or 0


def payouts() -> list[Payout]:
    """The last that were noted, the newest first."""
    return list(Payout.objects.order_by("-day", "-pk")[:10])


def yesterday_there(real: datetime) -> date:
    """The last day that is over for the providers, at a real moment."""
    return (real.astimezone(BEIJING) - timedelta(days=1)).date()


def story(found: Break) -> Sequence[Told]:
    """What happened, the newest first."""
    return [_told(event) for event in found.timeline.events.order_by("-seq")]


def _told(event: Event) -> Told:
    action = event.facts.get("action")
    note = str(Break.Action(action).label) if action in Break.Action.values else ""
    return Told(event.at, event_name(event.verb), note, event.by)


def came_to_nothing(found: Break) -> bool:
    """Whether what was begun about it was refused or expired, so that it is open again.

    A refund that failed is not over: it is tried again or transferred, where it was approved, and its money can be asked for no other way.
    """
    if found.refund is not None and found.kind == Break.Kind.MISSING_HERE and found.action == Break.Action.REFUND:
        return found.refund.status == RefundStatus.REFUSED
    if found.action == Break.Action.DELIVER and found.top_up is not None:
        newest = found.top_up.commands.order_by("-pk").values_list("status", flat=True).first()
        return newest in {CommandStatus.EXPIRED, CommandStatus.WITHDRAWN}
    if found.action == Break.Action.ASSIGN and found.payment is not None:
        return (
            found.payment.use == ProviderPayment.Use.HELD and not found.payment.assignments.filter(status=AssignmentStatus.ASKED).exists()
        )
    if found.action == Break.Action.REFUND and found.top_up is not None:
        standing = Q(status__in=[ReversalStatus.ASKED, ReversalStatus.APPROVED, ReversalStatus.DONE])
        return not found.top_up.reversals.filter(standing).exists()
    return False
