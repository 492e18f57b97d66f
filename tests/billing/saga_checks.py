"""What must be true when a saga has come to rest: of the books, of the gas, of the cards, of every order."""

from collections import Counter

from billing.models import Checkout, Payment, ProviderPayment, Receipt, Refund, TopUp
from billing.queries.ledger_proof import prove
from billing.queries.writes import open_writes_of
from billing.states import NOT_ON_A_CARD, CheckoutStatus, TopUpStatus


def check_all(saga):
    wrong = [f"{finding.rule}: {finding.wrong}" for finding in prove() if not finding.is_right]
    assert not wrong, wrong
    check_money(saga)
    check_gas(saga)
    check_counters(saga)
    check_each_order()


def check_money(saga):
    """What providers took and did not give back is what online purchases stand for, and what they gave back is what we say."""
    standing = Payment.objects.filter(method="wechat").exclude(top_up__status=TopUpStatus.REVERSED)
    paid = sum(row.amount for row in ProviderPayment.objects.all())
    to_go_back = sum(row.amount for row in Refund.objects.exclude(status="refused"))
    assert sum(row.amount for row in standing) == paid - to_go_back
    assert sum(saga.dream.back.values()) == sum(row.amount for row in Refund.objects.filter(status="done"))
    assert paid == sum(heard.amount for several in saga.dream.paid.values() for heard in several)


def check_gas(saga):
    """Nothing waits any more; what we say is on cards and in meters is there, and nothing else."""
    left = TopUp.objects.filter(account=saga.card_home, status__in=NOT_ON_A_CARD)
    assert not left, list(left.values("kind", "status", "counter"))
    assert not open_writes_of(saga.card_home).filter(top_up__isnull=False).exists()
    drawer = saga.drawer
    parts = drawer.taken, drawer.litres(), drawer.gone, drawer.moved
    assert written(saga.card_home) == sum(parts), (written(saga.card_home), parts)
    assert written(saga.air_home) == saga.wall.state.balance_litres
    waiting = TopUp.objects.filter(account=saga.air_home, status__in=NOT_ON_A_CARD)
    assert all(top_up.command.status == "withdrawn" for top_up in waiting)


def written(account):
    return sum(TopUp.objects.filter(account=account, status=TopUpStatus.WRITTEN).values_list("litres", flat=True))


def check_counters(saga):
    """No meter is ever to count one number twice, except for what was lost on its way and is written again."""
    rows = TopUp.objects.filter(account=saga.card_home, status=TopUpStatus.WRITTEN).exclude(kind=TopUp.Kind.LOST_GAS)
    counted = Counter(rows.values_list("meter", "counter"))
    assert [pair for pair, times in counted.items() if times > 1] == []


def check_each_order():
    """Paid, credited, receipted: once each; what was taken back has its receipt in red and nothing on a card."""
    for checkout in Checkout.objects.filter(purpose="top_up"):
        credited = checkout.payments.filter(use="credited").count()
        assert (checkout.status == CheckoutStatus.PAID) == (checkout.top_up is not None) == (credited == 1)
    sold = TopUp.objects.filter(kind=TopUp.Kind.PURCHASE)
    assert Payment.objects.count() == sold.count() == Receipt.objects.filter(kind="payment").count()
    reversed_ = sold.filter(status=TopUpStatus.REVERSED)
    assert Receipt.objects.filter(kind="red_letter").count() == reversed_.count()
    assert not reversed_.filter(postings__kind="delivery", postings__reversed_by=None, amount__gt=0).exists()
