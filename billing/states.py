"""The life of a top-up: a saga of two writes, one in the database and one on a card that can be pulled out."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from casework.lifecycles import Lifecycle, Move


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
        Move("fail", (S.WRITING,), S.FAILED),
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
