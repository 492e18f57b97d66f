"""Why something about a charge was refused: one exception for each reason, with a code for machines and a sentence for people."""

from django.utils.translation import gettext as _

from .refusals import Refused


class ChargeNotOpen(Refused):
    code = "charge_not_open"

    def __init__(self, status: str) -> None:
        super().__init__(_("This charge is not to be paid any more: it is “%(status)s”.") % {"status": status})


class ChargeNotPaid(Refused):
    """Nothing of it is held in advance."""

    code = "charge_not_paid"

    def __init__(self, status: str) -> None:
        super().__init__(_("Nothing of this charge is held in advance: it is “%(status)s”.") % {"status": status})


class TooMuchOfCharge(Refused):
    code = "too_much_of_charge"

    def __init__(self) -> None:
        super().__init__(_("So much is not left of this charge."))


class ReturnUnderWay(Refused):
    """Somebody asked before, and it is not over."""

    code = "return_under_way"

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(_("Giving back %(reference)s is still under way for this charge.") % {"reference": reference})


class ReturnNotApproved(Refused):
    code = "return_not_approved"

    def __init__(self, status: str) -> None:
        super().__init__(_("This is not to be paid out: it is “%(status)s”.") % {"status": status})


class LinesDoNotSum(Refused):
    """A charge of nothing, or of other lines than its amount: a fault in the caller."""

    code = "lines_do_not_sum"

    def __init__(self) -> None:
        super().__init__(_("A charge needs lines that cost something."))
