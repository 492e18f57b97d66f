"""The life of a charge for works, and of the wish to give some of it back."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from casework.lifecycles import Lifecycle, Move


class ChargeStatus(models.TextChoices):
    """Where a charge stands."""

    OPEN = "open", pgettext_lazy("charge", "to be paid")
    PAID = "paid", pgettext_lazy("charge", "paid in advance")
    WITHDRAWN = "withdrawn", pgettext_lazy("charge", "withdrawn")
    EARNED = "earned", pgettext_lazy("charge", "works done")
    REFUNDED = "refunded", pgettext_lazy("charge", "given back")


_C = ChargeStatus

CHARGE = Lifecycle(
    kind="charge",
    start=(_C.OPEN,),
    moves=(
        Move("pay", (_C.OPEN,), _C.PAID),
        Move("withdraw", (_C.OPEN,), _C.WITHDRAWN),
        Move("earn", (_C.PAID,), _C.EARNED),
        Move("refund", (_C.PAID,), _C.REFUNDED),
    ),
    finals={
        _C.WITHDRAWN: "nothing was paid; money that still comes in goes back",
        _C.EARNED: "what was not given back is ours: the works are done",
        _C.REFUNDED: "all of it went back",
    },
)


class ChargeReturnStatus(models.TextChoices):
    """Where the wish to give money of a charge back stands."""

    ASKED = "asked", _("waiting for approval")
    APPROVED = "approved", pgettext_lazy("charge", "approved, to be paid out at a counter")
    REFUSED = "refused", _("refused")
    DONE = "done", pgettext_lazy("charge", "given back, or on its way")


_R = ChargeReturnStatus

CHARGE_RETURN = Lifecycle(
    kind="charge_return",
    start=(_R.ASKED,),
    moves=(
        Move("approve", (_R.ASKED,), _R.APPROVED, Verb.APPROVE_REVERSAL),
        Move("refuse", (_R.ASKED,), _R.REFUSED, Verb.APPROVE_REVERSAL),
        Move("carry_out", (_R.APPROVED,), _R.DONE, Verb.REQUEST_REVERSAL),
    ),
    finals={
        _R.REFUSED: "the money stays; another wish is another row",
        _R.DONE: "out of our advances; a provider may still be sending it",
    },
)
