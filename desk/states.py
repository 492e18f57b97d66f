"""The life of a call to the hotline, and of an appointment at a hall."""

from django.db import models
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from casework.lifecycles import Lifecycle, Move


class CallStatus(models.TextChoices):
    """Where a call stands."""

    RINGING = "ringing", pgettext_lazy("call", "ringing")
    TALKING = "talking", pgettext_lazy("call", "being talked")
    HELD = "held", pgettext_lazy("call", "on hold")
    ENDED = "ended", pgettext_lazy("call", "over, not written down")
    SAVED = "saved", pgettext_lazy("call", "written down")
    ABANDONED = "abandoned", pgettext_lazy("call", "the caller hung up")


C = CallStatus

CALL = Lifecycle(
    kind="call",
    start=(C.RINGING, C.TALKING),
    moves=(
        Move("answer", (C.RINGING,), C.TALKING, Verb.ANSWER_CALLS, ("call.answered",)),
        Move("give_up", (C.RINGING,), C.ABANDONED, tells=("call.abandoned",)),
        Move("hold", (C.TALKING,), C.HELD, Verb.ANSWER_CALLS),
        Move("return", (C.HELD,), C.TALKING, Verb.ANSWER_CALLS),
        Move("hang_up", (C.TALKING, C.HELD), C.ENDED, tells=("call.ended",)),
        Move("save", (C.ENDED,), C.SAVED, Verb.ANSWER_CALLS, ("call.recorded",)),
    ),
    finals={
        C.SAVED: "what was said is written down; who rings again makes another call",
        C.ABANDONED: "nobody spoke; who rings again makes another call",
    },
)
RUNNING = (C.RINGING, C.TALKING, C.HELD)


class HallAppointmentStatus(models.TextChoices):
    """Where an appointment at a hall stands."""

    BOOKED = "booked", pgettext_lazy("appointment at a hall", "booked")
    DISPLACED = "displaced", pgettext_lazy("appointment at a hall", "time taken away by us")
    ARRIVED = "arrived", pgettext_lazy("appointment at a hall", "is here")
    CALLED = "called", pgettext_lazy("appointment at a hall", "called to a counter")
    SERVED = "served", pgettext_lazy("appointment at a hall", "served")
    MISSED = "missed", pgettext_lazy("appointment at a hall", "did not come")
    CANCELLED = "cancelled", pgettext_lazy("appointment at a hall", "given up")
    LAPSED = "lapsed", pgettext_lazy("appointment at a hall", "past, nothing noted")


S = HallAppointmentStatus
#: Somebody comes, or is in the hall: these hold a place.
STANDING = (S.BOOKED, S.ARRIVED, S.CALLED)
_KEEPS = Verb.HANDLE_CASES

HALL_APPOINTMENT = Lifecycle(
    kind="hall_appointment",
    start=(S.BOOKED,),
    moves=(
        Move("rebook", (S.BOOKED, S.DISPLACED), S.BOOKED, _KEEPS),
        Move("cancel", (S.BOOKED, S.DISPLACED), S.CANCELLED, _KEEPS),
        Move("displace", (S.BOOKED,), S.DISPLACED, Verb.EDIT_ROSTER),
        Move("arrive", (S.BOOKED, S.DISPLACED, S.MISSED), S.ARRIVED, _KEEPS),
        Move("call", (S.BOOKED, S.ARRIVED), S.CALLED, _KEEPS),
        Move("serve", (S.ARRIVED, S.CALLED), S.SERVED, _KEEPS),
        Move("miss", (S.BOOKED, S.ARRIVED, S.CALLED), S.MISSED, _KEEPS),
        Move("lapse", (S.BOOKED, S.DISPLACED, S.ARRIVED, S.CALLED), S.LAPSED),
    ),
    finals={
        S.SERVED: "who comes again makes another appointment",
        S.CANCELLED: "the place is somebody else's; who comes after all makes another appointment",
        S.LAPSED: "the day is over and nobody noted what became of it: it counts for nobody and against nobody",
    },
)
