"""Who looks after a kiosk hears that it has stopped: the head of its hall, and those above where there is none."""

from datetime import datetime

import notices.operations
from accounts.models import Staff
from accounts.roles import Role
from casework.models import Event
from sla.queries.roster import roster_at

from ..models import Kiosk

STOPPED = (Kiosk.State.OUT, Kiosk.State.SILENT)


def tell_keepers(*, event: Event, at: datetime) -> None:
    """Owe the word that a machine is out of order or has gone silent, once for each time."""
    if event.facts["to"] not in STOPPED:
        return
    kiosk = Kiosk.objects.select_related("hall").filter(timeline=event.timeline_id).get()
    told = roster_at(at).told(Role.HALL_HEAD, hall=kiosk.hall_id, owner=None)
    context = {
        "code": kiosk.code,
        "place": kiosk.name,
        "is_silent": event.facts["to"] == Kiosk.State.SILENT,
        "heard_at": kiosk.heard_at,
    }
    notices.operations.owe_to_staff(
        kind="kiosk_stopped",
        key=f"{event.verb}:{event.timeline_id}:{event.seq}",
        staff=list(Staff.objects.filter(pk__in=told).select_related("user")),
        context=context,
        at=at,
        link=f"/staff/kiosks/{kiosk.code}/",
        about=kiosk.code,
    )
