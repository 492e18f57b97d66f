"""Appointments at the halls of the demo: hours and services, people of the last days who came or did not, those to come, and a gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.clock import business_date
from accounts.models import Account, Hall
from accounts.queries.halls import places
from casework.models import Channel

from ..hall_times import Time
from ..models import HallAppointment, HallService
from ..operations import hall_booking, hall_gaps, hall_plans, hall_reception
from ..operations.hall_booking import Wish
from ..operations.hall_plans import Plan
from ..queries.hall_times import times_to_choose
from .reference import CITY

K = HallService.Kind
#: What for, and how many minutes.
_SERVICES: Mapping[str, int] = {K.TOP_UP: 15, K.CONNECTION: 45, K.CONTRACT: 30, K.COMPLAINT: 30, K.OTHER: 30}


@dataclass(frozen=True)
class _Guest:
    """Somebody who booked: what for, their language, how they booked; a name and a phone where they have no account with us."""

    service: str
    note: str
    language: str = "zh-hans"
    channel: str = Channel.WEB
    name: str = ""
    phone: str = ""


_GUESTS = (
    _Guest(K.TOP_UP, "给老人代充气卡"),
    _Guest(K.CONNECTION, "自建房报装，带房产证", name="孙丽", phone="+8613905390121"),
    _Guest(K.CONTRACT, "过户，需要什么材料", channel=Channel.CABINET),
    _Guest(K.OTHER, "Change of the name on the account", language="en", name="Peter Novak", phone="+8613905390122"),
    _Guest(K.COMPLAINT, "账单有疑问，想当面谈", channel=Channel.PHONE),
    _Guest(K.CONNECTION, "Подключение магазина", language="ru", name="Ирина Соколова", phone="+8613905390123"),
    _Guest(K.TOP_UP, ""),
    _Guest(K.CONTRACT, "签订供气合同"),
    _Guest(K.OTHER, "燃气表搬迁咨询", channel=Channel.PHONE, name="周建国", phone="+8613905390124"),
    _Guest(K.TOP_UP, "写卡失败", channel=Channel.HALL),
)


def bring_hall_appointments(at: datetime) -> None:
    """Plan every hall where people go, and let some book in the largest of them."""
    halls = list(places().order_by("pk"))
    for hall in halls:
        _plan(hall, at - timedelta(days=30))
    accounts = list(Account.objects.filter(status=Account.Status.OPEN).select_related("customer").order_by("pk")[: 2 * len(_GUESTS)])
    if halls and accounts:
        _past(halls[0], accounts, at)
        _coming(halls[0], accounts, at)
        _gap(halls[0], accounts, at)


def _plan(hall: Hall, at: datetime) -> None:
    for row in hall.hours.order_by("weekday", "opens"):
        opens, closes = _later(row.opens), time(row.closes.hour, 30 if row.closes.minute >= 30 else 0)
        if opens < closes:
            plan = Plan([row.weekday], opens, closes, 1 if hall.kind == Hall.Kind.GOVERNMENT else 2)
            hall_plans.plan_hours(hall=hall, plan=plan, by=CITY, at=at)
    for kind, minutes in _SERVICES.items():
        hall_plans.offer_service(hall=hall, kind=kind, minutes=minutes, by=CITY, at=at)


def _later(clock: time) -> time:
    """The next full or half hour."""
    whole = timedelta(hours=clock.hour, minutes=clock.minute)
    half = -(-whole // timedelta(minutes=30))
    return time(half // 2, 30 * (half % 2))


def _past(hall: Hall, accounts: Sequence[Account], at: datetime) -> None:
    """Of the last open days: served, missed, given up, one of which nobody noted anything; and who is here just now."""
    before = at - timedelta(days=5)
    over = [one for one in times_to_choose(hall, 45, before, is_staff=True) if one.starts_at < at]
    now = [one for one in over if at - one.starts_at < timedelta(minutes=45)]
    for number, (guest, free) in enumerate(zip(_GUESTS, _spread(over, now), strict=False)):
        made = _book(hall, guest, free, accounts[number], before)
        if made is None:
            continue
        if free in now:
            _here(made, at)
        elif number == 1:
            hall_booking.cancel(appointment=made, by=CITY, at=before + timedelta(minutes=30))
        elif number == 2:
            hall_reception.note_step(appointment=made, step="miss", by=CITY, at=free.starts_at + timedelta(minutes=25))
        elif number != 3:
            _serve(made, free.starts_at)
    hall_reception.lapse_past(at=at)


def _spread(over: Sequence[Time], now: Sequence[Time]) -> Sequence[Time]:
    """The last half day, every other time, and whatever has just begun."""
    return [*[one for one in over if one not in now][-14:-1:2], *now[-1:]]


def _here(made: HallAppointment, at: datetime) -> None:
    hall_reception.note_step(appointment=made, step="arrive", by=CITY, at=at - timedelta(minutes=6))
    hall_reception.note_step(appointment=made, step="call", by=CITY, at=at - timedelta(minutes=2))


def _serve(made: HallAppointment, starts_at: datetime) -> None:
    for minutes, step in ((-4, "arrive"), (2, "call"), (17, "serve")):
        hall_reception.note_step(appointment=made, step=step, by=CITY, at=starts_at + timedelta(minutes=minutes))


def _coming(hall: Hall, accounts: Sequence[Account], at: datetime) -> None:
    booked = at - timedelta(hours=20)
    free = [one for one in times_to_choose(hall, 45, at, is_staff=True) if one.starts_at > at + timedelta(minutes=20)]
    for number, (guest, one) in enumerate(zip(_GUESTS, free[::3], strict=False)):
        _book(hall, guest, one, accounts[len(_GUESTS) + number], booked)


def _gap(hall: Hall, accounts: Sequence[Account], at: datetime) -> None:
    """A training in a week's time takes an afternoon away, which somebody had booked: one of them is told by phone already."""
    later = [one for one in times_to_choose(hall, 30, at, is_staff=True) if timezone.localtime(one.starts_at).hour >= 14]
    last = [one for one in later if business_date(one.starts_at) >= business_date(at) + timedelta(days=6)][:4]
    if len(last) < 2:
        return
    made = [
        _book(hall, guest, one, accounts[0], at - timedelta(hours=9)) for guest, one in zip((_GUESTS[8], _GUESTS[3]), last, strict=False)
    ]
    span = last[0].starts_at, last[-1].ends_at
    hall_gaps.close_hall(hall=hall, span=span, reason="全员安全培训", by=CITY, at=at - timedelta(hours=1))
    told = next((one for one in made if one is not None), None)
    if told is not None:
        told.refresh_from_db()
        hall_gaps.note_told(appointment=told, by=CITY, at=at - timedelta(minutes=20))


def _book(hall: Hall, guest: _Guest, free: Time, account: Account, at: datetime) -> HallAppointment | None:
    wish = Wish(
        hall=hall,
        service=guest.service,
        starts_at=free.starts_at,
        channel=guest.channel,
        name=guest.name,
        phone=guest.phone,
        note=guest.note,
        language=guest.language,
        account=None if guest.phone else account,
    )
    try:
        return hall_booking.book(wish=wish, by=CITY, at=at)
    except (hall_booking.NoSuchTime, hall_booking.TimeTaken):
        return None
