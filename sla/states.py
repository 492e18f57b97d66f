"""The life of an extension, and of a compensation."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from casework.lifecycles import Lifecycle, Move


class ExtensionStatus(models.TextChoices):
    """Where a wish for more time stands."""

    ASKED = "asked", pgettext_lazy("extension", "waiting for approval")
    APPROVED = "approved", pgettext_lazy("extension", "approved")
    REFUSED = "refused", pgettext_lazy("extension", "refused")
    WITHDRAWN = "withdrawn", _("no longer asked for")


E = ExtensionStatus

EXTENSION = Lifecycle(
    kind="extension",
    start=(E.ASKED,),
    moves=(
        Move("approve", (E.ASKED,), E.APPROVED, Verb.APPROVE_EXTENSIONS),
        Move("refuse", (E.ASKED,), E.REFUSED, Verb.APPROVE_EXTENSIONS),
        Move("withdraw", (E.ASKED,), E.WITHDRAWN, Verb.HANDLE_CASES),
    ),
    finals={
        E.APPROVED: "the clock has its new due moment and the customer was told",
        E.REFUSED: "the clock runs on as it was; another wish is another row",
        E.WITHDRAWN: "the clock ended first, or whoever asked thought better of it",
    },
)


class CompensationStatus(models.TextChoices):
    """Where what we owe for a broken promise stands."""

    OWED = "owed", pgettext_lazy("compensation", "owed")
    PAID = "paid", pgettext_lazy("compensation", "credited")
    EXEMPT = "exempt", _("not owed, with evidence")
    WITHDRAWN = "withdrawn", pgettext_lazy("compensation", "not owed after all")


C = CompensationStatus

COMPENSATION = Lifecycle(
    kind="compensation",
    start=(C.OWED,),
    moves=(
        Move("pay", (C.OWED,), C.PAID),
        Move("exempt", (C.OWED,), C.EXEMPT, Verb.EXEMPT_COMPENSATION),
        # It became known later that the promise was kept: nothing was posted yet, or billing has reversed what was.
        Move("withdraw", (C.OWED,), C.WITHDRAWN),
        Move("take_back", (C.PAID,), C.WITHDRAWN),
        # The same clock went on and broke its promise after all.
        Move("renew", (C.WITHDRAWN,), C.OWED),
    ),
    finals={
        C.EXEMPT: "the evidence is kept with it",
    },
)
