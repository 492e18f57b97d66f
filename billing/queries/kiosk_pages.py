"""One kiosk as its keepers see it: how it is, what was done with it, its keys, its cash, the writes that did not succeed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import accounts.permissions
from accounts.models import User
from accounts.roles import Verb
from casework.event_names import event_name
from casework.models import Event

from ..models import CardWrite, DeviceKey, Kiosk, KioskCash
from . import kiosks

_EVENTS, _WRITES, _BOXES = 20, 10, 5
#: Said by every change of state, right after it.
_ECHO = "kiosk.list_published"


@dataclass(frozen=True)
class Line:
    """A line of its story."""

    at: datetime
    text: str
    note: str = ""
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class KioskPage:
    """All that its page shows. ``parts``: name, state, whether it wants a hand; ``emptied`` and ``failed``: the last ones."""

    state: Kiosk.State
    parts: Sequence[tuple[str, str, bool]]
    story: Sequence[Line]
    keys: Sequence[DeviceKey]
    box: KioskCash | None
    emptied: Sequence[KioskCash]
    failed: Sequence[CardWrite]
    may_empty: bool


def page_of(kiosk: Kiosk, user: User, *, at: datetime) -> KioskPage:
    """In a fixed number of statements."""
    troubles = kiosks.troubles_of(kiosk)
    names = ("reader", "paper", "cash_box", "door")
    parts = [(name, str(Kiosk.Part(getattr(kiosk, name)).label), name in troubles) for name in names]
    failed = CardWrite.objects.filter(by=f"kiosk:{kiosk.code}").exclude(outcome=CardWrite.Outcome.WRITTEN)
    verbs = accounts.permissions.verbs_of(user, at)
    return KioskPage(
        state=kiosks.state_of(kiosk, at=at),
        parts=parts,
        story=[_line(event) for event in kiosk.timeline.events.exclude(verb=_ECHO).order_by("-seq")[:_EVENTS]],
        keys=kiosks.live_keys(kiosk, at),
        box=kiosks.cash_box_of(kiosk),
        emptied=list(KioskCash.objects.filter(kiosk=kiosk, emptied_at__isnull=False).order_by("-emptied_at")[:_BOXES]),
        failed=list(failed.select_related("top_up").order_by("-started_at")[:_WRITES]),
        may_empty=Verb.COUNTERSIGN_SHIFT in verbs,
    )


def _line(event: Event) -> Line:
    states = [Kiosk.State(event.facts[side]).label for side in ("from", "to") if event.facts.get(side) in Kiosk.State.values]
    text = event_name(event.verb)
    note = str(event.facts.get("key", "")) or " → ".join(str(state) for state in states)
    return Line(event.at, text[:1].upper() + text[1:], note)
