"""How each status looks: a tone and an icon beside its word, so that colour never speaks alone. Red is for what needs a hand."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Model

from accounts.models import Account, GasCard
from billing.charge_states import ChargeReturnStatus, ChargeStatus
from billing.credit_states import CreditPayoutStatus
from billing.models import Bill, Break, Checkout, CounterVisit, CreditPayout, HeldAssignment, MeterCommand, Refund, Reversal, Shift, TopUp
from billing.models.charge import Charge, ChargeReturn
from billing.states import (
    AssignmentStatus,
    BillStatus,
    BreakStatus,
    CheckoutStatus,
    CommandStatus,
    RefundStatus,
    ReversalStatus,
    ShiftStatus,
    TopUpStatus,
    VisitStatus,
)
from sla.models import Compensation
from sla.states import CompensationStatus

from .models import Call, HallAppointment
from .states import CallStatus, HallAppointmentStatus


class Tone(StrEnum):
    """What a reader should feel before having read the word."""

    GOOD = "good"
    BUSY = "busy"
    QUIET = "quiet"
    WARN = "warn"
    DANGER = "danger"


class Look(NamedTuple):
    """A tone and the icon that goes with it."""

    tone: Tone
    icon: str


LOOKS: Mapping[type[Model], Mapping[str, Look]] = {
    TopUp: {
        TopUpStatus.PAID: Look(Tone.WARN, "credit-card"),
        TopUpStatus.RESERVED: Look(Tone.BUSY, "hourglass"),
        TopUpStatus.WRITING: Look(Tone.BUSY, "pencil-line"),
        TopUpStatus.WRITTEN: Look(Tone.GOOD, "circle-check"),
        TopUpStatus.UNKNOWN: Look(Tone.WARN, "circle-question-mark"),
        TopUpStatus.FAILED: Look(Tone.DANGER, "circle-x"),
        TopUpStatus.REVERSED: Look(Tone.QUIET, "undo-2"),
    },
    Call: {
        CallStatus.RINGING: Look(Tone.DANGER, "phone-incoming"),
        CallStatus.TALKING: Look(Tone.BUSY, "phone-call"),
        CallStatus.HELD: Look(Tone.WARN, "pause"),
        CallStatus.ENDED: Look(Tone.WARN, "pencil-line"),
        CallStatus.SAVED: Look(Tone.GOOD, "circle-check"),
        CallStatus.ABANDONED: Look(Tone.QUIET, "phone-missed"),
    },
    HallAppointment: {
        HallAppointmentStatus.BOOKED: Look(Tone.BUSY, "calendar-check"),
        HallAppointmentStatus.DISPLACED: Look(Tone.DANGER, "calendar-x"),
        HallAppointmentStatus.ARRIVED: Look(Tone.WARN, "user-check"),
        HallAppointmentStatus.CALLED: Look(Tone.BUSY, "megaphone"),
        HallAppointmentStatus.SERVED: Look(Tone.GOOD, "circle-check"),
        HallAppointmentStatus.MISSED: Look(Tone.QUIET, "user-x"),
        HallAppointmentStatus.CANCELLED: Look(Tone.QUIET, "ban"),
        HallAppointmentStatus.LAPSED: Look(Tone.QUIET, "circle-question-mark"),
    },
    Charge: {
        ChargeStatus.OPEN: Look(Tone.WARN, "hourglass"),
        ChargeStatus.PAID: Look(Tone.GOOD, "circle-check"),
        ChargeStatus.WITHDRAWN: Look(Tone.QUIET, "ban"),
        ChargeStatus.EARNED: Look(Tone.GOOD, "badge-check"),
        ChargeStatus.REFUNDED: Look(Tone.QUIET, "undo-2"),
    },
    ChargeReturn: {
        ChargeReturnStatus.ASKED: Look(Tone.WARN, "hourglass"),
        ChargeReturnStatus.APPROVED: Look(Tone.BUSY, "banknote"),
        ChargeReturnStatus.REFUSED: Look(Tone.QUIET, "ban"),
        ChargeReturnStatus.DONE: Look(Tone.GOOD, "circle-check"),
    },
    MeterCommand: {
        CommandStatus.QUEUED: Look(Tone.BUSY, "hourglass"),
        CommandStatus.SENT: Look(Tone.BUSY, "send"),
        CommandStatus.CONFIRMED: Look(Tone.GOOD, "circle-check"),
        CommandStatus.EXPIRED: Look(Tone.DANGER, "circle-x"),
        CommandStatus.WITHDRAWN: Look(Tone.QUIET, "undo-2"),
    },
    Checkout: {
        CheckoutStatus.OPEN: Look(Tone.WARN, "hourglass"),
        CheckoutStatus.PAID: Look(Tone.GOOD, "circle-check"),
        CheckoutStatus.CANCELLED: Look(Tone.QUIET, "ban"),
        CheckoutStatus.EXPIRED: Look(Tone.QUIET, "circle-x"),
    },
    Refund: {
        RefundStatus.ASKED: Look(Tone.WARN, "hourglass"),
        RefundStatus.APPROVED: Look(Tone.BUSY, "stamp"),
        RefundStatus.SENT: Look(Tone.BUSY, "hourglass"),
        RefundStatus.DONE: Look(Tone.QUIET, "undo-2"),
        RefundStatus.FAILED: Look(Tone.DANGER, "circle-x"),
        RefundStatus.REFUSED: Look(Tone.QUIET, "ban"),
    },
    CreditPayout: {
        CreditPayoutStatus.ASKED: Look(Tone.WARN, "hourglass"),
        CreditPayoutStatus.DONE: Look(Tone.GOOD, "circle-check"),
        CreditPayoutStatus.REFUSED: Look(Tone.QUIET, "ban"),
    },
    HeldAssignment: {
        AssignmentStatus.ASKED: Look(Tone.WARN, "hourglass"),
        AssignmentStatus.DONE: Look(Tone.GOOD, "circle-check"),
        AssignmentStatus.REFUSED: Look(Tone.QUIET, "ban"),
    },
    Break: {
        BreakStatus.OPEN: Look(Tone.DANGER, "scale"),
        BreakStatus.ASKED: Look(Tone.WARN, "hourglass"),
        BreakStatus.UNDER_WAY: Look(Tone.BUSY, "circle-dot"),
        BreakStatus.SETTLED: Look(Tone.GOOD, "circle-check"),
    },
    CounterVisit: {
        VisitStatus.OPEN: Look(Tone.BUSY, "hourglass"),
        VisitStatus.HANDED_BACK: Look(Tone.GOOD, "circle-check"),
        VisitStatus.LEFT: Look(Tone.QUIET, "log-out"),
        VisitStatus.UNSERVED: Look(Tone.DANGER, "alarm-clock"),
    },
    Shift: {
        ShiftStatus.OPEN: Look(Tone.GOOD, "lock-open"),
        ShiftStatus.COUNTED: Look(Tone.WARN, "coins"),
        ShiftStatus.CLOSED: Look(Tone.QUIET, "lock"),
    },
    Reversal: {
        ReversalStatus.ASKED: Look(Tone.WARN, "hourglass"),
        ReversalStatus.APPROVED: Look(Tone.BUSY, "stamp"),
        ReversalStatus.REFUSED: Look(Tone.QUIET, "ban"),
        ReversalStatus.DONE: Look(Tone.QUIET, "undo-2"),
    },
    Bill: {
        BillStatus.OPEN: Look(Tone.WARN, "hourglass"),
        BillStatus.PAID: Look(Tone.GOOD, "circle-check"),
        BillStatus.WITHDRAWN: Look(Tone.QUIET, "undo-2"),
    },
    Account: {
        Account.Status.OPEN: Look(Tone.GOOD, "circle-check"),
        Account.Status.FROZEN: Look(Tone.DANGER, "snowflake"),
        Account.Status.CLOSED: Look(Tone.QUIET, "archive"),
    },
    Compensation: {
        CompensationStatus.OWED: Look(Tone.WARN, "hourglass"),
        CompensationStatus.PAID: Look(Tone.GOOD, "circle-check"),
        CompensationStatus.EXEMPT: Look(Tone.QUIET, "file-check"),
        CompensationStatus.WITHDRAWN: Look(Tone.QUIET, "undo-2"),
    },
    GasCard: {
        GasCard.Status.ACTIVE: Look(Tone.GOOD, "circle-check"),
        GasCard.Status.LOST: Look(Tone.WARN, "search-x"),
        GasCard.Status.REPLACED: Look(Tone.QUIET, "replace"),
        GasCard.Status.RETURNED: Look(Tone.QUIET, "archive"),
    },
}
