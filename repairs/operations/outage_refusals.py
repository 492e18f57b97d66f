"""What cannot be done with an interruption, in sentences for whoever tried."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _


class BadPlan(Exception):
    """The plan cannot be taken as it is. ``code``: places, reason, starts_at, until or note."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


class NoticeTooLate(Exception):
    """Customers would have less than their forty-eight hours, and nobody has agreed to that."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Customers must be told 48 hours before gas goes off, and it begins sooner. Plan it later, or give a reason why it cannot "
                "wait; another person must agree."
            )
        )


class NightRestoration(Exception):
    """Gas would come on in homes while people sleep, and nobody has agreed to that. ``morning``: when it may."""

    def __init__(self, morning: datetime) -> None:
        self.morning = morning
        local = timezone.localtime(morning)
        super().__init__(
            _(
                "Gas is not turned on in homes at night: appliances stand open while people sleep. The earliest moment is %(moment)s; for "
                "an exception give a reason, and another person must agree."
            )
            % {"moment": f"{local:%Y-%m-%d %H:%M}"}
        )


class TooEarly(Exception):
    """Gas stays on until the hour that customers were told."""

    def __init__(self) -> None:
        super().__init__(_("Customers were told a later hour. Gas stays on until then; change the plan if it has to be sooner."))


class NothingToDecide(Exception):
    """Somebody else has decided meanwhile, or nobody asks for it any more."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has decided about this already, or it is over."))


class AlreadyAsked(Exception):
    """One exception of a sort is decided about at a time."""

    def __init__(self) -> None:
        super().__init__(_("This was asked for already and waits for a decision."))


class CallTaken(Exception):
    """Somebody else wrote down the result of this call first."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has just rung this customer. Look at what came of it before you ring again."))


class NotAttachable(Exception):
    """Only repairs belong to interruptions, and each to one."""

    def __init__(self) -> None:
        super().__init__(_("Only a repair that belongs to no other interruption can be added, to one that is not called off."))
