"""The drawer beside the simulated reader: a handful of demo cards, each for one situation at the counter.

Labels are English source texts; whoever shows them translates them.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_noop as _

import accounts.operations
import accounts.operations.wechat_links
from accounts.clock import business_date
from accounts.models import Account, Binding, GasCard, Meter, Premises, User
from accounts.operations.accounts import NewAccount
from accounts.operations.customers import NewCustomer
from accounts.operations.meters import NewMeter
from accounts.wechat import Identity
from billing.devices.cards import CardImage, encode
from billing.models import Allowance, SimulatedChip, TopUp
from billing.queries.purchases import unwritten
from billing.stand_in.account import openid_of
from billing.stand_in.keys import Keys

from .reference import CITY
from .sign_ins import SignIns

#: Situations are looked for among the first accounts: a million need not be searched for a dozen cards.
_SEARCHED = 5_000
_EMPTY, _SPARE = "", "f" * 64


def fill_drawer(at: datetime) -> None:
    """Pick accounts that fit, put their cards into the drawer, and give one customer a cabinet."""
    drawer = _Drawer(at)
    for label, image in drawer.cards():
        SimulatedChip.objects.create(label=label, image=image)
    _open_cabinet(drawer.ordinary, at)


class _Drawer:
    """Finds an account for each situation, none twice."""

    def __init__(self, at: datetime) -> None:
        self.at, self.taken = at, set[int]()
        # A list and not a subquery: a planner that has no statistics yet may look it through once per card.
        waiting = TopUp.objects.filter(account_id__lte=_SEARCHED, written_at=None)
        self.waiting = sorted(set(waiting.values_list("account_id", flat=True)))
        self.ordinary: GasCard | None = None

    def cards(self) -> Iterator[tuple[str, str]]:
        """Label and chip content of every card there is an account for."""
        yield from self._of_accounts()
        if self.ordinary:
            stranger = replace(image_of(self.ordinary), area_code="1101", factory_code="0099", card_number="9100000017")
            yield _("A card of another city"), encode(stranger)
            whole = encode(replace(image_of(self.ordinary), card_number="1999999995"))
            yield _("A damaged card"), whole[:40] + "00" * 8 + whole[56:]
            _open_account_without_card(self.ordinary, self.at)
        yield _("A new card, empty"), _EMPTY
        yield _("Another new card, empty"), _SPARE

    def _of_accounts(self) -> Iterator[tuple[str, str]]:
        plain = self._cards(account__price_class=Account.PriceClass.RESIDENT, meter__kind=Meter.Kind.VOLUME)
        single = plain.filter(account__allowances=None)
        self.ordinary = self._take(single.filter(account__customer__language="zh-hans"))
        if self.ordinary:
            yield _("An ordinary card"), encode(image_of(self.ordinary))
        situations = (
            (_("Close to the next price tier"), self._near_bound(single)),
            (_("A household of five or more"), plain.filter(account__allowances__kind=Allowance.Kind.EXTRA_PERSONS)),
            (_("A household with free volume"), plain.filter(account__allowances__kind=Allowance.Kind.FREE_VOLUME)),
            (_("A meter that counts money"), self._cards(meter__kind=Meter.Kind.AMOUNT)),
            (_("A customer who reads Russian"), plain.filter(account__customer__language="ru")),
            (_("A business"), self._cards(account__price_class=Account.PriceClass.COMMERCIAL)),
            (_("A frozen account"), self._cards(status=Account.Status.FROZEN)),
            (_("Paid, but not yet on the card"), self._cards(is_waiting=True)),
        )
        for label, found in situations:
            if card := self._take(found):
                yield label, encode(image_of(card))
        if card := self._take(single):
            yield _("Not yet put into the meter"), encode(replace(image_of(card), litres=20_000))
        if card := self._take(single.filter(counter__gt=0)):
            yield _("An old copy of a card"), encode(replace(image_of(card), counter=card.counter - 1))
        if card := self._take(GasCard.objects.filter(status=GasCard.Status.LOST, account_id__lte=_SEARCHED)):
            yield _("A card reported lost"), encode(image_of(card))

    def _cards(self, *, status: str = Account.Status.OPEN, is_waiting: bool = False, **having: object) -> QuerySet[GasCard]:
        found = GasCard.objects.filter(status=GasCard.Status.ACTIVE, account_id__lte=_SEARCHED, account__status=status, **having)
        return found.filter(account__in=self.waiting) if is_waiting else found.exclude(account__in=self.waiting)

    def _near_bound(self, cards: QuerySet[GasCard]) -> QuerySet[GasCard]:
        this_year = Q(account__top_ups__tier_year=business_date(self.at).year)
        summed = cards.annotate(position=Sum("account__top_ups__litres", filter=this_year))
        return summed.filter(position__gte=350_000, position__lt=400_000).order_by("-position", "pk")

    def _take(self, cards: QuerySet[GasCard]) -> GasCard | None:
        ordered = cards if cards.ordered else cards.order_by("pk")
        card = ordered.exclude(account__in=self.taken).select_related("account__customer", "account__premises", "meter").first()
        if card:
            self.taken.add(card.account_id)
        return card


def image_of(card: GasCard) -> CardImage:
    """What is on a card whose purchases were all loaded by its meter."""
    waiting = unwritten(card.account).values_list("pk")
    last = list(card.top_ups.exclude(pk__in=waiting).order_by("-paid_at")[:2])
    return CardImage(
        factory_code=settings.CARD_FACTORY_CODE,
        area_code=settings.CARD_AREA_CODE,
        card_number=card.number,
        password=card.password,
        counter=card.counter,
        last_litres=last[0].litres if last else 0,
        previous_litres=last[1].litres if len(last) > 1 else 0,
        cumulative_litres=card.cumulative_litres,
        alarm_litres=settings.CARD_ALARM_LITRES,
        cap_litres=card.meter.cap_litres or 0,
        sold_on=last[0].bought_on if last else None,
        previous_sold_on=last[1].bought_on if len(last) > 1 else None,
    )


def _open_account_without_card(neighbour: GasCard, at: datetime) -> None:
    """Somebody who moved in today next door to the ordinary card, for the first-card task."""
    home = neighbour.account.premises.territory
    door = f"{Premises.objects.filter(territory=home).count() + 901}室"
    premises = accounts.operations.register_premises(territory=home, door=door, by=CITY, at=at)
    person = NewCustomer(name="新住户（示例）", phone="+8613123000017")
    customer = accounts.operations.register_customer(customer=person, by=CITY, at=at)
    account = accounts.operations.open_account(account=NewAccount(customer=customer, premises=premises), by=CITY, at=at)
    until = business_date(at).replace(year=at.year + 10, day=1)
    meter = NewMeter(kind=Meter.Kind.VOLUME, serial="DEMO-000001", maker="金卡", model="G2.5", use_until=until, cap_litres=1_000_000)
    accounts.operations.install_meter(account=account, meter=meter, by=CITY, at=at)


def _open_cabinet(card: GasCard | None, at: datetime) -> None:
    """The holder of the ordinary card signs in by phone, and pays for a relative's account too, whose card counts in money."""
    if card is None:
        return
    sign_ins = SignIns.read()
    phone = card.account.customer.phones.get(is_primary=True).number
    user = User(username="demo-customer", phone=phone, is_phone_verified=True, language=card.account.customer.language)
    user.set_password(sign_ins.password)
    user.save()
    with_card = GasCard.objects.filter(account__lte=_SEARCHED, status=GasCard.Status.ACTIVE, account__status=Account.Status.OPEN)
    others = with_card.filter(meter__kind=Meter.Kind.AMOUNT, meter__removed_at=None).exclude(account=card.account_id)
    second = others.select_related("account").order_by("account").first()
    for account, role in ((card.account, Binding.Role.HOLDER), (second and second.account, Binding.Role.PAYER)):
        if account:
            accounts.operations.bind_with_papers(user=user, account=account, role=role, papers="示例", by=CITY, at=at)
    # The first phone at the stand-in of WeChat is theirs: ./run then shows a sign-in with one click.
    accounts.operations.wechat_links.link(user=user, identity=Identity(Keys.appid, openid_of(1)), by=CITY, at=at)
    sign_ins.customer_phone = str(phone)
    sign_ins.keep()
