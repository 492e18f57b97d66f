"""The end of an account whose meter is read: its final reading, and whether all gas up to it is billed."""

from datetime import datetime, timedelta

from accounts.clock import business_date
from accounts.models import Account

from ..bill_refusals import FinalReadingMissing
from ..models import Bill, Reading
from ..states import BillStatus
from .readings import standing_readings

#: A final reading is taken when the gas is shut; so long it may lie until the bill is made.
FINAL_FOR = timedelta(days=7)


def final_reading(account: Account, *, at: datetime) -> Reading:
    """The last reading that is believed, taken in these days, and after all that is billed. Raises FinalReadingMissing."""
    reading, bill = standing_readings(account).last(), last_bill(account)
    is_fresh = reading is not None and reading.day >= business_date(at) - FINAL_FOR
    if reading is None or not is_fresh or (bill is not None and not bill.is_final and bill.last_day >= reading.day):
        raise FinalReadingMissing
    return reading


def last_bill(account: Account) -> Bill | None:
    """The newest that stands."""
    return account.bills.exclude(status=BillStatus.WITHDRAWN).order_by("month", "pk").last()


def is_billed_to_the_end(account: Account) -> bool:
    """Whether the newest bill is a final one, and no reading came after it."""
    reading, bill = standing_readings(account).last(), last_bill(account)
    return bill is not None and bill.is_final and (reading is None or reading.day <= bill.last_day)
