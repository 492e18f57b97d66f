"""Bills: made once a month, paid as a whole, withdrawn and made anew, never edited."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.actors import Actor
from accounts.clock import business_date
from accounts.models import Account
from casework.operations import Step, move, open_timeline

from .. import permissions, references
from ..bill_refusals import BillNotOpen, CannotBill, FinalMonthBilled, LaterBillStands, MonthNotOver, OtherAmount
from ..models import Bill, BillFault, Book, Posting, Shift
from ..queries.bill_draft import Draft, draft_bill, month_after
from ..queries.final_bills import final_reading, last_bill
from ..queries.ledger import credit_of
from ..refusals import ReasonMissing
from ..states import BILL, BillStatus
from .ledger import Line, post

#: A bill made late gives its reader so many days all the same.
LEAST_TIME = timedelta(days=10)


@transaction.atomic
def bill_month(*, account: Account, month: date, by: Actor, at: datetime) -> Bill:
    """The bill of a month that is over (its first day), by reading, mean or norm. The bill that stands, if it was made before.

    What the account has as credit is taken off; a bill below zero becomes credit. Raises MonthNotOver, CannotBill.
    """
    month = month.replace(day=1)
    if business_date(at) < month_after(month):
        raise MonthNotOver(month_after(month))
    account = Account.objects.select_for_update(no_key=True, of=("self",)).select_related("customer", "premises").get(pk=account.pk)
    standing = Bill.objects.filter(account=account, month=month).exclude(status=BillStatus.WITHDRAWN).first()
    if standing is not None:
        return standing
    if Bill.objects.filter(account=account, month__gt=month).exclude(status=BillStatus.WITHDRAWN).exists():
        raise CannotBill("later_bill")
    bill = _issue(account, month, draft_bill(account, month), by=by, at=at)
    BillFault.objects.filter(account=account, month__lte=month).delete()
    return bill


@transaction.atomic
def bill_final(*, account: Account, by: Actor, at: datetime) -> Bill:
    """The last bill of an account that is to be closed: all that is not billed yet, up to its final reading (``final_reading``).

    The same again gives the same bill. Raises Forbidden, FinalReadingMissing, FinalMonthBilled, CannotBill.
    """
    permissions.check_may_close_accounts(by, at=at)
    account = Account.objects.select_for_update(no_key=True, of=("self",)).select_related("customer", "premises").get(pk=account.pk)
    reading, last = final_reading(account, at=at), last_bill(account)
    if last is not None and last.is_final and last.last_day == reading.day:
        return last
    month = reading.day.replace(day=1)
    if last is not None and last.month >= month:
        raise FinalMonthBilled(last.number)
    bill = _issue(account, month, draft_bill(account, month, until=reading.day), is_final=True, by=by, at=at)
    BillFault.objects.filter(account=account).delete()
    return bill


def _issue(account: Account, month: date, draft: Draft, *, is_final: bool = False, by: Actor, at: datetime) -> Bill:
    credited = _credit_for(account, draft.amount)
    number = references.new_reference("B")
    facts = {"bill": number, "account": account.number, "month": f"{month:%Y-%m}", "litres": draft.litres, "amount": draft.amount}
    bill = Bill.objects.create(
        number=number,
        account=account,
        month=month,
        litres=draft.litres,
        amount=draft.amount,
        credited=credited,
        is_final=is_final,
        lines=[line.as_json() for line in draft.lines],
        status=BillStatus.OPEN if draft.amount > credited else BillStatus.PAID,
        paid_at=None if draft.amount > credited else at,
        issued_at=at,
        due_on=_due_on(month, business_date(at)),
        timeline=open_timeline(kind="bill", steps=[Step("bill.issued", facts)], by=by, at=at),
        **{name: value for name, value in vars(draft).items() if name != "lines"},
    )
    _post(Posting.Kind.BILLED, bill, Line(Book.RECEIVABLE, bill.amount, account), Line(Book.SALES, -bill.amount, account), by=by, at=at)
    _post(Posting.Kind.BILL_PAID, bill, Line(Book.CREDIT, credited, account), Line(Book.RECEIVABLE, -credited, account), by=by, at=at)
    return bill


def _credit_for(account: Account, amount: int) -> int:
    """What of a bill comes out of the account's credit (below zero: goes into it), in minor units."""
    if amount <= 0:
        return amount
    return max(0, min(amount, credit_of(account)))


def _due_on(month: date, today: date) -> date:
    return max(month_after(month).replace(day=settings.BILL_DUE_DAY), today + LEAST_TIME)


def _post(kind: Posting.Kind, bill: Bill, *lines: Line, by: Actor, at: datetime) -> None:
    if any(line.amount for line in lines):
        post(kind, lines, by=by, at=at, bill=bill)


@transaction.atomic
def pay(*, bill: Bill, amount: int, book: Book, by: Actor, at: datetime, shift: Shift | None = None) -> Bill:
    """Note that a bill was paid as a whole (minor units), and into which book; ``shift`` where that is a till's.

    Raises BillNotOpen, OtherAmount; then nothing was booked.
    """
    bill = Bill.objects.select_for_update(no_key=True, of=("self",)).select_related("account", "timeline").get(pk=bill.pk)
    if bill.status != BillStatus.OPEN:
        raise BillNotOpen(bill.get_status_display())
    if amount != bill.to_pay:
        raise OtherAmount(bill.to_pay)
    lines = [Line(book, amount, shift=shift), Line(Book.RECEIVABLE, -amount, account=bill.account)]
    post(Posting.Kind.BILL_PAID, lines, by=by, at=at, bill=bill)
    move(bill, BILL, "pay", by=by, at=at, fields={"paid_at": at}, bill=bill.number, book=book.value, amount=amount)
    return bill


@transaction.atomic
def withdraw(*, bill: Bill, because: str = Bill.Withdrawal.OTHER, reason: str, by: Actor, at: datetime) -> Bill:
    """Take the newest bill of an account back: what was paid for it becomes credit, and the month is billed anew.

    Why is kept: a code, which the journal has too, and somebody's own words.

    Raises Forbidden, ReasonMissing, LaterBillStands, WrongMove.
    """
    permissions.check_may_withdraw_bill(by, at=at)
    if not reason.strip():
        raise ReasonMissing
    Account.objects.select_for_update(no_key=True).get(pk=bill.account_id)
    bill = Bill.objects.select_for_update(no_key=True, of=("self",)).select_related("account", "timeline").get(pk=bill.pk)
    later = Bill.objects.filter(account=bill.account_id, month__gt=bill.month).exclude(status=BillStatus.WITHDRAWN).first()
    if later is not None:
        raise LaterBillStands(later.number)
    was_paid = bill.is_paid
    kept = {"withdrawn_because": Bill.Withdrawal(because).value, "withdrawn_words": reason.strip()[:200]}
    move(bill, BILL, "withdraw", by=by, at=at, fields=kept, bill=bill.number, paid=was_paid, because=kept["withdrawn_because"])
    _post_back(bill, was_paid=was_paid, by=by, at=at)
    return bill


def _post_back(bill: Bill, *, was_paid: bool, by: Actor, at: datetime) -> None:
    """The mirror of the bill; whatever was paid for it, by money or out of credit, is the account's credit again."""
    account, settled = bill.account, bill.amount if was_paid else bill.credited
    _post(Posting.Kind.BILLED, bill, Line(Book.RECEIVABLE, -bill.amount, account), Line(Book.SALES, bill.amount, account), by=by, at=at)
    _post(Posting.Kind.BILL_PAID, bill, Line(Book.RECEIVABLE, settled, account), Line(Book.CREDIT, -settled, account), by=by, at=at)


def last_month(at: datetime) -> date:
    """The first day of the month that ended last, in the operator's time zone."""
    today = timezone.localtime(at, timezone.get_default_timezone()).date()
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
