"""The life of a top-up: a saga of two writes, one in the database and one on a card that can be pulled out."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from casework.lifecycles import Lifecycle, Move

from .charge_states import CHARGE, CHARGE_RETURN  # noqa: F401 - drawn with the others
from .credit_states import CREDIT_PAYOUT  # noqa: F401 - drawn with the others


class TopUpStatus(models.TextChoices):
    """Where a purchase stands."""

    PAID = "paid", _("paid, not yet on the card")
    RESERVED = "reserved", _("ready to be written")
    WRITING = "writing", _("being written")
    WRITTEN = "written", _("on the card")
    UNKNOWN = "unknown", _("waiting for the next card read")
    FAILED = "failed", _("not written")
    REVERSED = "reversed", _("taken back")


S = TopUpStatus

#: Paid, and not (or not known to be) on the card: these come before anything else is written to it.
NOT_ON_A_CARD = (S.PAID, S.RESERVED, S.WRITING, S.UNKNOWN, S.FAILED)
#: Something may be on the card that we have not seen yet, or is being put there.
UNSETTLED = (S.RESERVED, S.WRITING, S.UNKNOWN)

TOP_UP = Lifecycle(
    kind="top_up",
    start=(S.PAID,),
    moves=(
        Move("reserve", (S.PAID, S.FAILED), S.RESERVED, Verb.SELL_GAS),
        Move("begin_write", (S.RESERVED,), S.WRITING, Verb.SELL_GAS),
        Move("confirm", (S.WRITING,), S.WRITTEN),
        # From RESERVED: a connected meter did not come for it in time.
        Move("fail", (S.WRITING, S.RESERVED), S.FAILED),
        Move("lose", (S.WRITING,), S.UNKNOWN),
        # From FAILED too: a read may have come before the write's own answer, and the card is the witness.
        Move("settle_written", (S.UNKNOWN, S.WRITING, S.FAILED), S.WRITTEN),
        Move("settle_unwritten", (S.UNKNOWN, S.WRITING), S.FAILED),
        Move("release", (S.RESERVED,), S.PAID),
        Move("take_off", (S.WRITTEN,), S.PAID),
        Move("reverse", (S.PAID, S.FAILED), S.REVERSED, Verb.REQUEST_REVERSAL),
    ),
    finals={S.REVERSED: "the money went back and the volume is off the card; a new purchase is a new row"},
)


class ShiftStatus(models.TextChoices):
    """Where a clerk's shift stands."""

    OPEN = "open", pgettext_lazy("shift", "open")
    COUNTED = "counted", _("counted, waiting for the second signature")
    CLOSED = "closed", pgettext_lazy("shift", "closed")


SHIFT = Lifecycle(
    kind="shift",
    start=(ShiftStatus.OPEN,),
    moves=(
        Move("count", (ShiftStatus.OPEN, ShiftStatus.COUNTED), ShiftStatus.COUNTED, Verb.SELL_GAS),
        Move("count_for_clerk", (ShiftStatus.OPEN, ShiftStatus.COUNTED), ShiftStatus.COUNTED, Verb.COUNTERSIGN_SHIFT),
        Move("reopen", (ShiftStatus.COUNTED,), ShiftStatus.OPEN, Verb.COUNTERSIGN_SHIFT),
        Move("close", (ShiftStatus.COUNTED,), ShiftStatus.CLOSED, Verb.COUNTERSIGN_SHIFT),
    ),
    finals={ShiftStatus.CLOSED: "two people signed for the cash; a mistake found later is a posting of its own"},
)


class ReversalStatus(models.TextChoices):
    """Where a wish to take a purchase back stands."""

    ASKED = "asked", _("waiting for approval")
    APPROVED = "approved", _("approved, card still to be presented")
    REFUSED = "refused", _("refused")
    DONE = "done", _("done")


REVERSAL = Lifecycle(
    kind="reversal",
    start=(ReversalStatus.ASKED, ReversalStatus.APPROVED),
    moves=(
        Move("approve", (ReversalStatus.ASKED,), ReversalStatus.APPROVED, Verb.APPROVE_REVERSAL),
        Move("refuse", (ReversalStatus.ASKED,), ReversalStatus.REFUSED, Verb.APPROVE_REVERSAL),
        Move("carry_out", (ReversalStatus.APPROVED,), ReversalStatus.DONE, Verb.REQUEST_REVERSAL),
    ),
    finals={
        ReversalStatus.REFUSED: "the purchase stands; another wish is another row",
        ReversalStatus.DONE: "money, receipt and card agree again",
    },
)


class CheckoutStatus(models.TextChoices):
    """Where an online payment stands."""

    OPEN = "open", _("waiting for the payment")
    PAID = "paid", pgettext_lazy("checkout", "paid")
    CANCELLED = "cancelled", _("cancelled by the customer")
    EXPIRED = "expired", _("not paid in time")


_C = CheckoutStatus

CHECKOUT = Lifecycle(
    kind="checkout",
    start=(_C.OPEN,),
    moves=(
        # The provider may have taken the money a moment before the time was up: what was offered is then still given.
        Move("pay", (_C.OPEN, _C.EXPIRED), _C.PAID),
        Move("cancel", (_C.OPEN,), _C.CANCELLED),
        Move("expire", (_C.OPEN,), _C.EXPIRED),
    ),
    finals={
        _C.PAID: "money that comes in again is held and given back",
        _C.CANCELLED: "the customer said no; money that still comes in goes back to him",
    },
)


class RefundStatus(models.TextChoices):
    """Where money stands that is to go back through a provider."""

    ASKED = "asked", _("waiting for approval")
    APPROVED = "approved", _("approved, to be sent")
    SENT = "sent", _("on its way")
    DONE = "done", _("given back")
    FAILED = "failed", _("the provider could not give it back")
    REFUSED = "refused", _("refused")


_R = RefundStatus

REFUND = Lifecycle(
    kind="refund",
    start=(_R.ASKED, _R.APPROVED),
    moves=(
        Move("approve", (_R.ASKED,), _R.APPROVED, Verb.APPROVE_REVERSAL),
        Move("refuse", (_R.ASKED,), _R.REFUSED, Verb.APPROVE_REVERSAL),
        Move("send", (_R.APPROVED,), _R.SENT),
        # From FAILED too: we gave up asking, and the provider says afterwards that it went.
        Move("confirm", (_R.APPROVED, _R.SENT, _R.FAILED), _R.DONE),
        Move("fail", (_R.APPROVED, _R.SENT), _R.FAILED),
        Move("retry", (_R.FAILED,), _R.APPROVED, Verb.APPROVE_REVERSAL),
        # The provider cannot: a person orders a transfer at our bank instead.
        Move("transfer", (_R.FAILED,), _R.DONE, Verb.APPROVE_REVERSAL),
    ),
    finals={_R.DONE: "the money is back with whoever paid", _R.REFUSED: "the money stays; another wish is another row"},
)


class AssignmentStatus(models.TextChoices):
    """Where held money stands that somebody wants to use."""

    ASKED = "asked", _("waiting for the second signature")
    DONE = "done", _("used")
    REFUSED = "refused", _("refused")


ASSIGNMENT = Lifecycle(
    kind="held_money",
    start=(AssignmentStatus.ASKED,),
    moves=(
        Move("approve", (AssignmentStatus.ASKED,), AssignmentStatus.DONE, Verb.APPROVE_REVERSAL),
        Move("refuse", (AssignmentStatus.ASKED,), AssignmentStatus.REFUSED, Verb.APPROVE_REVERSAL),
    ),
    finals={
        AssignmentStatus.DONE: "the order or the bill is paid, or the account has the credit",
        AssignmentStatus.REFUSED: "the money stays held; another wish is another row",
    },
)


class CommandStatus(models.TextChoices):
    """Where a command to a connected meter stands."""

    QUEUED = "queued", _("waits for the meter to connect")
    SENT = "sent", _("sent, not confirmed")
    CONFIRMED = "confirmed", _("confirmed by the meter")
    EXPIRED = "expired", _("the meter did not connect in time")
    WITHDRAWN = "withdrawn", _("withdrawn")


_M = CommandStatus

#: Still to be confirmed by the meter.
UNCONFIRMED = (_M.QUEUED, _M.SENT)

METER_COMMAND = Lifecycle(
    kind="meter_command",
    start=(_M.QUEUED,),
    moves=(
        Move("send", (_M.QUEUED, _M.SENT), _M.SENT),
        Move("confirm", (_M.QUEUED, _M.SENT, _M.EXPIRED), _M.CONFIRMED),
        Move("expire", (_M.QUEUED, _M.SENT), _M.EXPIRED),
        Move("requeue", (_M.EXPIRED,), _M.QUEUED),
        Move("withdraw", (_M.QUEUED,), _M.WITHDRAWN),
        # The meter was replaced, and its display says that it never carried this out.
        Move("take_down", (_M.QUEUED, _M.SENT, _M.EXPIRED), _M.WITHDRAWN),
    ),
    finals={_M.CONFIRMED: "the meter counts it", _M.WITHDRAWN: "no meter has it; the money is free for something else"},
)


class BillStatus(models.TextChoices):
    """Where a monthly bill stands."""

    OPEN = "open", pgettext_lazy("bill", "to be paid")
    PAID = "paid", pgettext_lazy("bill", "paid")
    WITHDRAWN = "withdrawn", pgettext_lazy("bill", "withdrawn")


BILL = Lifecycle(
    kind="bill",
    start=(BillStatus.OPEN, BillStatus.PAID),
    moves=(
        Move("pay", (BillStatus.OPEN,), BillStatus.PAID),
        Move("withdraw", (BillStatus.OPEN, BillStatus.PAID), BillStatus.WITHDRAWN, Verb.APPROVE_REVERSAL),
    ),
    finals={BillStatus.WITHDRAWN: "the month is billed anew; what was paid for it is credit of the account"},
)


class BreakStatus(models.TextChoices):
    """Where it stands with something about which provider, ledger and delivery do not agree."""

    OPEN = "open", pgettext_lazy("break", "open")
    ASKED = "asked", _("waiting for approval")
    UNDER_WAY = "under_way", _("being carried out")
    SETTLED = "settled", pgettext_lazy("break", "settled")


_K = BreakStatus

BREAK = Lifecycle(
    kind="break",
    start=(_K.OPEN,),
    moves=(
        Move("ask", (_K.OPEN,), _K.ASKED, Verb.RECONCILE),
        Move("refuse", (_K.ASKED,), _K.OPEN, Verb.APPROVE_WRITE_OFFS),
        Move("approve", (_K.ASKED,), _K.UNDER_WAY, Verb.APPROVE_WRITE_OFFS),
        # What follows has approvals of its own: a refund, a purchase that is taken back, held money that is used.
        Move("begin", (_K.OPEN,), _K.UNDER_WAY, Verb.RECONCILE),
        # What was begun came to nothing: a refund was refused, a meter did not come for what was sent to it again.
        Move("come_back", (_K.UNDER_WAY,), _K.OPEN),
        # From anywhere: the three may agree again before anybody did anything.
        Move("settle", (_K.OPEN, _K.ASKED, _K.UNDER_WAY), _K.SETTLED),
    ),
    finals={_K.SETTLED: "the three agree again, or somebody answered for the difference"},
)


class VisitStatus(models.TextChoices):
    """Where a customer's time at a counter stands."""

    OPEN = "open", pgettext_lazy("counter visit", "at the counter")
    HANDED_BACK = "handed_back", _("card and receipt handed back")
    LEFT = "left", _("left without a purchase")
    UNSERVED = "unserved", _("not served in time")


_V = VisitStatus

COUNTER_VISIT = Lifecycle(
    kind="counter_visit",
    start=(_V.OPEN,),
    moves=(
        Move("hand_back", (_V.OPEN,), _V.HANDED_BACK, tells=("visit.papers_handed_back",)),
        # In time, and with nothing paid that is not on the card: there is nothing left to promise.
        Move("leave", (_V.OPEN,), _V.LEFT, tells=("visit.left",)),
        # Only once its time is up: the promise ends broken, never kept.
        Move("give_up", (_V.OPEN,), _V.UNSERVED, tells=("visit.left_unserved",)),
    ),
    finals={
        _V.HANDED_BACK: "the customer has card and receipt; coming back is another visit",
        _V.LEFT: "coming back is another visit",
        _V.UNSERVED: "what is paid and not written is written at the next visit; the promise of this one stays broken",
    },
)
