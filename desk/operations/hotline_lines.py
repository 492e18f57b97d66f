"""Whether the hotline can be reached: T23, twenty-four hours a day."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.actors import Actor, System
from casework.operations import Step, amend, open_timeline

from ..models import HotlineLine
from ..queries.calls import facts_of

#: The exchange speaks every minute: after three it is not heard any more.
SILENCE = timedelta(minutes=3)
_BY = System("hotline")


@transaction.atomic
def ensure_line(*, number: str, name: str = "", by: Actor, at: datetime) -> HotlineLine:
    """The line of this number, made when it is first heard of."""
    found = HotlineLine.objects.filter(number=number).first()
    if found is not None:
        return found
    timeline = open_timeline(kind="hotline_line", steps=[Step("hotline.line_added")], by=by, at=at)
    return HotlineLine.objects.create(number=number, name=name, timeline=timeline)


@transaction.atomic
def hear(*, line: HotlineLine, is_reachable: bool, by: Actor, at: datetime) -> HotlineLine:
    """The exchange speaks: the line can be reached, or it cannot (T23 begins, until it can again)."""
    held = HotlineLine.objects.select_for_update(no_key=True).get(pk=line.pk)
    HotlineLine.objects.filter(pk=held.pk).update(heard_at=at)
    held.heard_at = at
    _turn(held, is_reachable, "told", by, at)
    return held


@transaction.atomic
def watch_lines(*, at: datetime) -> int:
    """Lines of which nothing was heard for three minutes cannot be reached as far as we know; how many turned."""
    silent = HotlineLine.objects.select_for_update(no_key=True).filter(is_reachable=True, heard_at__lt=at - SILENCE).order_by("pk")
    return sum(_turn(line, False, "silence", _BY, at) for line in silent)


def _turn(held: HotlineLine, is_reachable: bool, because: str, by: Actor, at: datetime) -> bool:
    if held.is_reachable == is_reachable:
        return False
    facts = {**facts_of(held, None), "because": because}
    step = Step("hotline.reachable", facts) if is_reachable else Step("hotline.unreachable", facts)
    amend(held, fields={"is_reachable": is_reachable}, steps=[step], by=by, at=at)
    return True
