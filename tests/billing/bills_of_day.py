"""Online payments of one day as our books have them, and the provider's bill of that day as a test wants it."""

from datetime import UTC, date, datetime

from accounts.actors import System
from billing.models import Break
from billing.operations import statements
from billing.operations.provider_payments import take
from billing.providers.protocol import Heard
from billing.stand_in import bills
from billing.stand_in.orders import Order
from tests.factories.checkouts import CheckoutFactory, RefundFactory
from tests.pay_stand_in import keys

DAY = date(2026, 11, 19)
#: Noon of that day in Beijing, the day before NOW.
NOON = datetime(2026, 11, 19, 4, tzinfo=UTC)


def ordered(account, **changes):
    """An online payment of 55.00 that was begun that morning."""
    times = {"opened_at": NOON, "expires_at": NOON}
    return CheckoutFactory(account=account, provider="wechat", product="qr", **{**times, **changes})


def heard(transaction, reference, amount=5_500):
    return Heard(transaction=transaction, order_number=reference, amount=amount, currency="CNY", paid_at=NOON)


def paid_here(account, transaction="T1", **changes):
    """Ordered, paid, and in our books."""
    checkout = ordered(account, **changes)
    return take(provider="wechat", heard=heard(transaction, checkout.reference), heard_by="callback", by=System("tests"), at=NOON)


def there(transaction, reference, amount=5_500, **refunds):
    """The same as the provider has it; ``refunds``: number to amount."""
    order = Order(way="wechat", reference=reference, amount=amount, subject="燃气", notice_url="", state="paid")
    order.transaction, order.paid, order.paid_at = transaction, amount, NOON
    order.refunds, order.returned_at = refunds, dict.fromkeys(refunds, NOON)
    return order


def as_there(*payments):
    """Payments of ours as the provider has them."""
    return [there(one.transaction, one.order_number, one.amount) for one in payments]


def bill(*orders):
    return bills.wechat(bills.trades(orders, "wechat", DAY), keys())


def hand_in(orders, *, by, at):
    """A person hands the bill of that day in."""
    return statements.take_over(content=bill(*orders), by=by, at=at)


def fetched(orders, *, at, monkeypatch):
    """The same bill, from the provider itself."""
    provider = type("Provider", (), {"statement": lambda self, day: bill(*orders) if orders else None})()
    monkeypatch.setattr("billing.providers.provider", lambda code: provider)
    return statements.fetch(provider="wechat", day=DAY, by=System("reconciliation"), at=at)


def found():
    """What is open, in short."""
    return [(one.kind, one.there, one.here) for one in Break.objects.exclude(status="settled").order_by("pk")]


def given_back(payment, *, amount, reference, status="done"):
    """A refund of ours."""
    return RefundFactory(payment=payment, amount=amount, status=status, reference=reference, ended_at=NOON)
