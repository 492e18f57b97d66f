"""A city that buys gas, for processes that may be killed: ``python -m tests.faults.money VERB``."""

import json
import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

import django
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count, Sum  # noqa: E402
from django.test import Client  # noqa: E402

import accounts.operations.tokens  # noqa: E402
import casework.operations  # noqa: E402
from accounts.actors import System  # noqa: E402
from accounts.clock import business_now  # noqa: E402
from accounts.models import Account  # noqa: E402
from billing.models import Checkout, Payment, ProviderPayment, Receipt, Refund, TopUp  # noqa: E402
from billing.operations import checkouts, paid_orders, questions, refunds  # noqa: E402
from billing.operations.meter_commands import expire_commands  # noqa: E402
from billing.operations.provider_payments import take  # noqa: E402
from billing.providers.protocol import Heard  # noqa: E402
from billing.queries import quote  # noqa: E402
from billing.queries.ledger_proof import prove  # noqa: E402
from billing.states import NOT_ON_A_CARD, TopUpStatus  # noqa: E402
from tests.factories import accounts as people  # noqa: E402
from tests.factories import billing as money  # noqa: E402
from tests.factories.kiosks import DeviceKeyFactory  # noqa: E402
from tests.factories.meters import connected  # noqa: E402
from tests.signing_in import sign_in  # noqa: E402

BY = System("tests")
SHEET = Path(os.environ["PILOTLIGHT_VAR"]) / "city.json"
FOUND = Path(os.environ["PILOTLIGHT_VAR"]) / "found.json"


def found(cards, meters):
    """So many households with a card and a kiosk of their own, so many with a connected meter, three clerks at their tills."""
    call_command("createcachetable")
    money.TariffVersionFactory()
    hall = people.HallFactory()
    clerks = [_clerk(hall, number) for number in range(3)]
    city = {
        "clerks": clerks,
        "cards": [_card_household(hall) for _ in range(int(cards))],
        "meters": [_connected_household() for _ in range(int(meters))],
        "gateway": DeviceKeyFactory(kind="meters", kiosk=None).handle,
    }
    SHEET.write_text(json.dumps(city))


def _token(user):
    life = timedelta(hours=9)
    return accounts.operations.tokens.open_token(user=user, device="tests", life=life, at=timezone.now())[1]


def _clerk(hall, number):
    staff = people.StaffFactory(user__username=f"clerk{number}", hall=hall)
    money.ShiftFactory(clerk=staff, opened_at=business_now())
    session = sign_in(Client(), staff).cookies["sessionid"].value
    return {"token": _token(staff.user), "session": session}


def _card_household(hall):
    card = people.GasCardFactory()
    key = DeviceKeyFactory(kiosk__hall=hall, kiosk__sells=True, kiosk__cash_ceiling=10**9, kiosk__cash_box="good")
    image = money.encode(money.image_of(card))
    return {"account": card.account.number, "card": card.number, "image": image, "kiosk": key.handle}


def _connected_household():
    account = people.GasCardFactory().account
    meter = connected(account, balance_litres=0)
    customer = people.BindingFactory(account=account).user
    return {"account": account.number, "serial": meter.serial, "token": _token(customer)}


def die_while_crediting():
    """A payment is told three times: whoever hears it first dies before the receipt, the next one after the commit."""
    settings.WECHAT_PAY_MCHID = "1900000001"
    money.TariffVersionFactory()
    account, now = people.GasCardFactory().account, business_now()
    fingerprint = quote(account=account, at=now, litres=20_000).fingerprint
    way = {"provider": "wechat", "product": "qr", "channel": Checkout.Channel.CABINET, "key": "once"}
    basket = checkouts.Basket(account=account, litres=20_000, fingerprint=fingerprint, **way)
    order = checkouts.open_checkout(basket=basket, by=BY, at=now)
    heard = Heard(transaction="4200", order_number=order.reference, amount=order.amount, currency="CNY", paid_at=now)
    facts = {"provider": "wechat", "heard": heard, "heard_by": "callback", "by": BY, "at": now}
    _in_a_process_that_dies(lambda: take(**facts), paid_orders, "issue_receipt")
    assert _rows() == (0, 0, 0, 0), _rows()
    _in_a_process_that_dies(lambda: take(**facts))
    assert _rows() == (1, 1, 1, 1), _rows()
    take(**facts)
    assert _rows() == (1, 1, 1, 1), _rows()
    assert all(finding.is_right for finding in prove())


def _rows():
    return tuple(model.objects.count() for model in (ProviderPayment, TopUp, Payment, Receipt))


def _in_a_process_that_dies(act, place=None, name=""):
    """By SIGKILL: when it comes to this function, else at its end."""
    connection.close()
    if not (child := os.fork()):
        if place:
            setattr(place, name, lambda **_facts: os.kill(os.getpid(), signal.SIGKILL))
        act()
        os.kill(os.getpid(), signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL


def work():
    """What workers do all day, without a pause."""
    while True:
        _work(business_now())
        time.sleep(0.05)


def settle():
    """What they do when a day has passed: every question is asked again, every refund is sent."""
    now = business_now()
    for minutes in (1, 6, 20, 60, 180, 420, 720, 1_430):
        at = now + timedelta(minutes=minutes)
        while _work(at):
            pass


def _work(at):
    done = questions.ask_due(at=at) + refunds.send_due(at=at)
    expire_commands(at=at)
    return done + casework.operations.drain(at)


def look():
    """What the books and the rows say, for somebody who knows what really happened."""
    sold = TopUp.objects.filter(kind=TopUp.Kind.PURCHASE)
    report = {
        "wrong": [f"{finding.rule}: {finding.wrong}" for finding in prove() if not finding.is_right],
        "litres": {account.number: _litres(account) for account in Account.objects.all()},
        "waiting": list(sold.filter(status__in=NOT_ON_A_CARD).values_list("reference", "status")),
        "credited": _credited(),
        "paid": sorted(ProviderPayment.objects.values_list("transaction", "amount")),
        "back": sorted(Refund.objects.filter(status="done").values_list("reference", "amount")),
        "refunds_open": list(Refund.objects.exclude(status__in=["done", "refused"]).values_list("reference", "status")),
        "counters": _repeated_counters(),
        "receipts": [sold.count(), Payment.objects.count(), Receipt.objects.filter(kind="payment").count()],
        "red": [sold.filter(status="reversed").count(), Receipt.objects.filter(kind="red_letter").count()],
        "statuses": dict(sold.order_by().values_list("status").annotate(Count("pk"))),
        "channels": dict(sold.order_by().values_list("channel").annotate(Count("pk"))),
    }
    FOUND.write_text(json.dumps(report))


def _litres(account):
    there = TopUp.objects.filter(account=account, status=TopUpStatus.WRITTEN)
    return there.aggregate(total=Sum("litres"))["total"] or 0


def _credited():
    """Orders that are paid without exactly one purchase, or the other way round."""
    rows = Checkout.objects.prefetch_related("payments")
    uses = {row.reference: [payment.use for payment in row.payments.all()].count("credited") for row in rows}
    return [row.reference for row in rows if not (row.status == "paid") == (row.top_up_id is not None) == (uses[row.reference] == 1)]


def _repeated_counters():
    rows = TopUp.objects.filter(status=TopUpStatus.WRITTEN, card__isnull=False).order_by()
    return list(rows.values_list("meter", "counter").annotate(times=Count("pk")).filter(times__gt=1))


if __name__ == "__main__":
    verb, *arguments = sys.argv[1:]
    globals()[verb](*arguments)
