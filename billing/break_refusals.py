"""Why something about reconciliation was refused."""

from django.utils.translation import gettext as _

from . import wording
from .refusals import Refused


class NotThisWay(Refused):
    """What was asked for is no way to settle this break, as it is now."""

    code = "not_this_way"

    def __init__(self) -> None:
        super().__init__(_("This cannot be settled in that way now. Look at it again."))


class NotYetOver(Refused):
    """A provider makes its bill when the day is over."""

    code = "day_not_over"

    def __init__(self) -> None:
        super().__init__(_("This day is not over yet: the provider makes its bill the morning after."))


class BillUnreadable(Refused):
    """The file is no bill of a provider that we can read."""

    code = "bill_unreadable"

    def __init__(self, because: str) -> None:
        self.because = because
        word, _colon, column = because.partition(":")
        sentences = {
            "unknown": _("This is no bill of WeChat Pay or Alipay."),
            "too_large": _("The file is too large."),
            "unreadable": _("The file is damaged: it cannot be unpacked or read."),
            "empty": _("There is no payment and no refund in the file."),
            "no_summary": _("The file ends before its summary: it was cut. Download it again."),
            "columns": _("The file has no column “%(column)s”.") % {"column": column},
        }
        super().__init__(sentences[word])


class NoBillYet(Refused):
    """The provider did not give the bill."""

    code = "no_bill_yet"

    def __init__(self) -> None:
        super().__init__(_("The provider does not give this bill just now. It is asked again every hour."))


class TooMuchPaidOut(Refused):
    """More than our book says is at the provider."""

    code = "too_much_paid_out"

    def __init__(self, there: int) -> None:
        self.there = there
        super().__init__(_("By our books only %(amount)s is at this provider.") % {"amount": wording.money(there)})


class SlipHeld(Refused):
    """The bank's file was read first, and took it for a customer's."""

    code = "slip_held"

    def __init__(self) -> None:
        super().__init__(_("The bank's file has brought this transfer already, as a payment. Note payouts before the file is read."))


class SlipKnown(Refused):
    code = "slip_known"

    def __init__(self) -> None:
        super().__init__(_("A payout with this number of the bank is noted already."))
