"""Money that went through a till, put together row by row: for tests of receipts, tills and the proof, not of selling."""

from accounts.actors import System
from billing.models import Book, Payment, Posting, TariffVersion, TopUp
from billing.operations.ledger import Line, post
from billing.operations.receipts import issue_receipt
from billing.queries.shifts import BOOK_OF_METHOD
from billing.states import TopUpStatus
from casework.operations import Step, open_timeline

CLERK = System("tests")


def pay(account, shift, *, at, litres=60_000, method=Payment.Method.CASH, tendered=None, written=False, **columns):
    """A paid top-up at one price (2.75) with payment, posting, receipt and, where wanted, delivery."""
    amount = columns.pop("amount", litres * 275 // 1000)
    card = account.cards.get()
    top_up = TopUp.objects.create(
        reference=columns.pop("reference", f"T-{TopUp.objects.count() + 1:06d}"),
        account=account,
        meter=card.meter,
        card=card,
        shift=shift,
        channel=TopUp.Channel.COUNTER,
        litres=litres,
        amount=amount,
        lines=[{"tier": 1, "litres": litres, "unit_price": 27_500, "amount": amount}],
        tariff_version=columns.pop("tariff_version", None) or TariffVersion.objects.get(),
        tier_year=2026,
        bought_on=at.date(),
        paid_at=at,
        timeline=open_timeline(kind="top_up", steps=[Step("top_up.sell")], by=CLERK, at=at),
        **columns,
    )
    cash = method == Payment.Method.CASH
    payment = Payment.objects.create(
        top_up=top_up,
        method=method,
        amount=amount,
        tendered=(tendered or amount) if cash else None,
        slip="" if cash else "004711",
        at=at,
    )
    lines = [Line(BOOK_OF_METHOD[method], amount, shift=shift), Line(Book.PREPAID, -amount, account=account)]
    post(Posting.Kind.PAYMENT, lines, by=CLERK, at=at, top_up=top_up)
    receipt = issue_receipt(top_up=top_up, payment=payment, by=CLERK, at=at)
    if written:
        deliver(top_up, at=at)
    return receipt


def deliver(top_up, *, at, counter=1):
    """The volume is on the card: from what we owe to what we sold."""
    lines = [Line(Book.PREPAID, top_up.amount, account=top_up.account), Line(Book.SALES, -top_up.amount, account=top_up.account)]
    post(Posting.Kind.DELIVERY, lines, by=CLERK, at=at, top_up=top_up)
    TopUp.objects.filter(pk=top_up.pk).update(status=TopUpStatus.WRITTEN, counter=counter, written_at=at)
    top_up.refresh_from_db()
