"""Connected meters."""

from accounts.actors import System
from accounts.models import Account, Meter
from billing.models import Book, ConnectedMeter, Payment, Posting, TopUp
from billing.operations.ledger import Line, post
from billing.references import new_reference
from casework.operations import Step, open_timeline


def connected(account, **state):
    """Make the account's meter a connected one, with this state; its card goes."""
    account.cards.all().delete()
    account.meters.update(kind=Meter.Kind.IOT)
    meter = account.meters.get()
    ConnectedMeter.objects.update_or_create(meter=meter, defaults={"balance_litres": 20_000, **state})
    return meter


def paid_online(account, at, *, litres=20_000, amount=5_500):
    """A purchase paid at a provider, with its posting: what an online checkout leaves behind for a connected meter."""
    by = System("tests")
    top_up = TopUp.objects.create(
        reference=new_reference(),
        account=Account.objects.get(pk=account.pk),
        meter=account.meters.get(removed_at=None),
        channel=TopUp.Channel.CABINET,
        litres=litres,
        amount=amount,
        tier_year=at.year,
        bought_on=at.date(),
        paid_at=at,
        timeline=open_timeline(kind="top_up", steps=[Step("top_up.paid")], by=by, at=at),
    )
    Payment.objects.create(top_up=top_up, method=Payment.Method.WECHAT, amount=amount, at=at)
    lines = [Line(Book.WECHAT, amount), Line(Book.PREPAID, -amount, account=top_up.account)]
    post(Posting.Kind.PAYMENT, lines, by=by, at=at, top_up=top_up)
    return top_up
