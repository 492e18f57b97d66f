"""Bills of the providers about the online payments of the last days, with what goes wrong in a year put into one week: a payment that
never arrived there, another amount, money for nothing we know, a refund that nobody here ordered.

No provider is asked: its bills are written here as it writes them, from our books, and then bent. They end yesterday, so that the next
morning's duty goes on where they stop.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from accounts.models import Staff
from billing.models import Break, ProviderPayment, Refund
from billing.operations import break_actions, breaks, payouts, statements
from billing.operations.break_actions import Wish
from billing.queries.breaks import WITH_BILLS, balance, yesterday_there
from billing.reconciliation.rows import BEIJING
from billing.stand_in import bills, keys_in
from billing.stand_in.orders import Order
from billing.states import BreakStatus, RefundStatus

from .reference import CITY

_DAYS = 8
#: When the bill of a day is fetched, by the providers' clock.
_FETCHED = timedelta(hours=34, minutes=30)
_STRANGE, _NOBODYS = 8_800, "RSTRANGE0001"
_DAY = timedelta(days=1)


def bring_reconciliation(at: datetime) -> None:
    """As far as there were such payments. A newcomer's providers are set up after the city is built, so nobody asks for them here."""
    for code in WITH_BILLS:
        _fetch_all(code, at)
    finance = Staff.objects.filter(user__username="mei").select_related("user").first()
    if finance is not None:
        _look_into(finance, at)


def _fetch_all(code: str, at: datetime) -> None:
    """The bill of each day until yesterday, bent where there is something to bend."""
    orders, keys = list(_orders(code)), keys_in(Path(settings.VAR))
    if code == WITH_BILLS[0]:
        _bend(orders, yesterday_there(at))
    for ago in range(_DAYS - 1, -1, -1):
        day = yesterday_there(at) - timedelta(days=ago)
        found = bills.trades(orders, code, day)
        content = (bills.wechat(found, keys) if code == "wechat" else bills.alipay(found, keys, day)) if found else None
        then = min(datetime.combine(day, datetime.min.time(), BEIJING) + _FETCHED, at)
        statements.believe(provider=code, day=day, content=content, by=CITY, at=then)


def _orders(code: str) -> Iterator[Order]:
    """Our payments and refunds as this provider would have them."""
    for payment in ProviderPayment.objects.filter(provider=code).order_by("paid_at", "pk"):
        order = Order(way=code, reference=payment.order_number, amount=payment.amount, subject="燃气", notice_url="", state="paid")  # type: ignore[arg-type]
        order.transaction, order.paid, order.paid_at = payment.transaction, payment.amount, payment.paid_at
        for refund in Refund.objects.filter(payment=payment, status=RefundStatus.DONE):
            order.refunds[refund.reference], order.returned_at[refund.reference] = refund.amount, refund.ended_at or payment.paid_at
        yield order


def _bend(orders: list[Order], day: date) -> None:
    """Of the last two days, so that nothing is late yet: one is not there, one is less and partly went back, one is from nobody."""
    noon = datetime.combine(day, datetime.min.time(), BEIJING) + timedelta(hours=12)
    lately = [order for order in orders if not order.refunds and order.paid_at and order.paid_at.astimezone(BEIJING).date() >= day - _DAY]
    if lately:
        orders.remove(lately[0])
    if lately[1:]:
        lately[1].paid -= 100
        lately[1].refunds[_NOBODYS], lately[1].returned_at[_NOBODYS] = 1_500, lately[1].paid_at or noon
    strange = Order(way="wechat", reference="SHOP20261101", amount=_STRANGE, subject="燃气", notice_url="", state="paid")
    strange.transaction, strange.paid, strange.paid_at = "CITY00000088", _STRANGE, noon
    orders.append(strange)


def _look_into(finance: Staff, at: datetime) -> None:
    """One is in somebody's hands, and of one somebody has asked to write it off; what the provider owed us was paid out in part."""
    found = list(Break.objects.filter(status=BreakStatus.OPEN).order_by("found_at", "pk"))
    for one in found[:2]:
        breaks.take_on(found=one, staff=finance, by=finance.user, at=at)
    lost = next((one for one in found if one.kind == Break.Kind.REFUND_EXTRA), None)
    if lost is not None:
        wish = Wish(action=Break.Action.WRITE_OFF, note="示例：商户平台误操作退款，已与客户确认")
        break_actions.act(found=lost, wish=wish, by=finance.user, at=at)
    if (there := balance("wechat")) > 1:
        day = yesterday_there(at)
        payouts.note_payout(provider="wechat", amount=there // 2, day=day, slip=f"{day:%Y%m%d}-0001", by=finance.user, at=at)
