"""Cash in kiosks: it comes in with a sale up to a ceiling, and goes to the safe, counted, when somebody empties the machine."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actors import Actor
from casework.operations import Step, record

from .. import permissions, wording
from ..models import Book, Kiosk, KioskCash, Posting
from ..queries.kiosks import cash_box_of, cash_room
from ..refusals import ReasonMissing, Refused
from .kiosks import follow_state
from .ledger import Line, post


class NoMoreCash(Refused):
    """Above its ceiling a machine takes none: it is a box in a hall, not a safe. ``room`` is what it would still take."""

    code = "no_more_cash"

    def __init__(self, room: int) -> None:
        self.room = room
        super().__init__(
            _("This machine takes at most %(room)s more in cash. Pay by phone, or go to a counter.") % {"room": wording.money(room)}
        )


class NothingInside(Refused):
    code = "nothing_inside"

    def __init__(self) -> None:
        super().__init__(_("No cash has come in since this kiosk was emptied last."))


def take_cash(*, kiosk: Kiosk, amount: int, by: Actor, at: datetime) -> None:
    """Note that so much stays in a machine, in the caller's transaction, which holds the kiosk. Raises NoMoreCash."""
    room = cash_room(kiosk)
    if amount > room:
        raise NoMoreCash(room)
    box = cash_box_of(kiosk) or KioskCash.objects.create(kiosk=kiosk, since=at)
    KioskCash.objects.filter(pk=box.pk).update(expected=F("expected") + amount)
    follow_state(kiosk=kiosk, by=by, at=at)


@transaction.atomic
def empty_kiosk(*, kiosk: Kiosk, counted: int, reason: str, by: Actor, at: datetime) -> KioskCash:
    """Take all cash out and count it (minor units); what is over or short needs a reason. It goes to the safe.

    Raises NothingInside, ReasonMissing, Forbidden.
    """
    permissions.check_may_empty_kiosks(by, at=at)
    row = Kiosk.objects.select_for_update(no_key=True).get(pk=kiosk.pk)
    box = cash_box_of(row)
    if box is None:
        raise NothingInside
    if counted != box.expected and not reason.strip():
        raise ReasonMissing
    box.counted, box.reason, box.emptied_at, box.emptied_by = counted, reason.strip()[:200], at, by.actor_label
    box.hall_id = row.hall_id
    box.save(update_fields=["counted", "reason", "emptied_at", "emptied_by", "hall"])
    if difference := counted - box.expected:
        post(Posting.Kind.OVER_SHORT, [Line(Book.KIOSK_CASH, difference), Line(Book.OVER_SHORT, -difference)], by=by, at=at)
    if counted:
        post(Posting.Kind.HAND_IN, [Line(Book.KIOSK_CASH, -counted), Line(Book.SAFE, counted)], by=by, at=at)
    facts = {"kiosk": row.code, "expected": box.expected, "counted": counted}
    record(timeline_id=row.timeline_id, steps=[Step("kiosk.emptied", facts)], by=by, at=at)
    follow_state(kiosk=row, by=by, at=at)
    return box
