"""The life of the wish to pay out an account's credit."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from casework.lifecycles import Lifecycle, Move


class CreditPayoutStatus(models.TextChoices):
    """Where it stands with credit that is to be paid out."""

    ASKED = "asked", _("waiting for the second signature")
    DONE = "done", pgettext_lazy("credit", "paid out")
    REFUSED = "refused", _("refused")


CREDIT_PAYOUT = Lifecycle(
    kind="credit_payout",
    start=(CreditPayoutStatus.ASKED,),
    moves=(
        Move("approve", (CreditPayoutStatus.ASKED,), CreditPayoutStatus.DONE, Verb.APPROVE_REVERSAL),
        Move("refuse", (CreditPayoutStatus.ASKED,), CreditPayoutStatus.REFUSED, Verb.APPROVE_REVERSAL),
    ),
    finals={
        CreditPayoutStatus.DONE: "the transfer is ordered at our bank",
        CreditPayoutStatus.REFUSED: "the credit stays; another wish is another row",
    },
)
