"""Why a reading or a bill was refused: one exception for each reason, with a code for machines and a sentence for people."""

from datetime import date

from django.utils.translation import gettext as _

from . import wording
from .refusals import Refused


class NoMeterToRead(Refused):
    code = "no_meter_to_read"

    def __init__(self) -> None:
        super().__init__(_("This account has no meter whose reading is sent in: its gas is bought in advance."))


class BadReading(Refused):
    """A reading that cannot be taken at all; ``rule`` says which rule it breaks."""

    code = "bad_reading"

    def __init__(self, rule: str) -> None:
        self.rule = rule
        sentences = {
            "future": _("This day has not come yet."),
            "too_old": _("A reading can be sent for the last 31 days."),
            "before_meter": _("This meter was not there yet on that day."),
            "too_large": _("No meter of ours shows so much: five figures of cubic metres at most."),
        }
        super().__init__(sentences[rule])


class NotDoubtful(Refused):
    """Confirming or rejecting what needs neither."""

    code = "not_doubtful"

    def __init__(self) -> None:
        super().__init__(_("This reading is not waiting for anybody any more."))


class CannotBill(Refused):
    """A month that cannot be billed; ``rule`` says why. It waits for somebody and is tried again."""

    code = "cannot_bill"

    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(fault_sentence(rule))


class BillNotOpen(Refused):
    code = "bill_not_open"

    def __init__(self, status: str) -> None:
        super().__init__(_("This bill is not to be paid any more: it is “%(status)s”.") % {"status": status})


class BillStillOpen(Refused):
    """An account cannot end while a bill of it is to be paid."""

    code = "bill_still_open"

    def __init__(self, number: str) -> None:
        super().__init__(
            _("Bill %(number)s is still to be paid. Take its payment or withdraw it, then close the account.") % {"number": number}
        )


class FinalReadingMissing(Refused):
    """Nobody has read the meter for the last bill."""

    code = "final_reading_missing"

    def __init__(self) -> None:
        super().__init__(_("Read the meter for the last time and enter the reading: the final bill goes up to it."))


class FinalBillMissing(Refused):
    """Gas was used that is not billed."""

    code = "final_bill_missing"

    def __init__(self) -> None:
        super().__init__(_("The final bill is not made yet. It has all gas up to the final reading."))


class FinalMonthBilled(Refused):
    """The month of the final reading has a bill already."""

    code = "final_month_billed"

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(_("Bill %(number)s has this month already. Withdraw it first, then make the final bill.") % {"number": number})


class OtherAmount(Refused):
    """A bill is paid as a whole."""

    code = "other_amount"

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted
        super().__init__(_("A bill is paid as a whole: %(amount)s.") % {"amount": wording.money(wanted)})


class LaterBillStands(Refused):
    """Bills build on one another: the newest is withdrawn first."""

    code = "later_bill_stands"

    def __init__(self, number: str) -> None:
        super().__init__(_("Bill %(number)s came after this one and builds on it. Withdraw that one first.") % {"number": number})


class MonthNotOver(Refused):
    code = "month_not_over"

    def __init__(self, first: date) -> None:
        super().__init__(_("This month is billed from %(day)s on.") % {"day": wording.day(first)})


def fault_sentence(rule: str) -> str:
    """Why a month could not be billed, for whoever looks after it."""
    sentences = {
        "no_meter": _("No meter to read was installed in this month."),
        "nothing": _("The meter was put in at the end of the month: its first days are billed with the next one."),
        "no_tariff": _("No price was in force for this class."),
        "no_norm": _("There is no reading, no earlier use and no norm for this class: somebody has to read the meter."),
        "later_bill": _("A later month was billed already; it has the gas of this one."),
        "readings_fall": _("A reading that was believed lies below the one before it. Correct the wrong one."),
        "error": _("Something went wrong that nobody foresaw; the log of the system has it."),
    }
    return sentences.get(rule, rule)


def doubt_sentence(code: str) -> str:
    """Why a reading is not believed at once."""
    sentences = {
        "first": _("It is the first one of this meter: there is nothing to compare it with."),
        "below_last": _("It lies below the last reading. Meters only count upwards."),
        "rolled_over": _("The meter seems to have begun again at zero."),
        "far_above": _("It lies far above what is usual here at this time of the year."),
        "swapped": _("Two figures may have changed places."),
        "above_next": _("It lies above a later reading."),
        "already_billed": _("These days were already billed by a reading."),
        "outside_window": _("It came outside the days in which readings are sent."),
        "stranger": _("It came from a phone that we do not know for this account."),
    }
    return sentences.get(code, code)
