"""Applications for gas of the demo: of every kind, each as far on its way as its story says, so that stewards, engineers, installers,
inspectors and finance find something to do. One for a hundred accounts; the way itself is in connection_way.py.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import connections.operations.applying
from accounts.models import Premises, Staff, User
from casework.permissions import VISITOR
from connections.models import Application, ConnectionKind, PolicyVersion
from connections.operations import visits
from connections.operations.applying import Wish
from connections.queries.visits import times_for
from fieldwork.models import VisitPurpose

from .connection_way import HOURS, Way

K = ConnectionKind
_ACCOUNTS_FOR_ONE = 100
#: How far one may have come, and the steps that led there.
_SURVEYED = ("told", "rung", "needs", "visited", "papers", "surveyed")
_OFFERED = (*_SURVEYED, "drawn", "offered")
_AGREED = (*_OFFERED, "accepted")
_ORDERED = (*_AGREED, "paid", "approved", "ordered")
_BUILT = (*_ORDERED, "begun", "built")
_STORIES: Mapping[str, Sequence[str]] = {
    "new": (),
    "gaps": ("told", "rung", "needs", "visited", "some_papers"),
    "rejected": ("told", "rung", "needs", "visited", "some_papers", "wrong_paper"),
    "to_look_at": ("told", "rung", "needs", "to_look_at"),
    "to_survey": ("told", "rung", "needs", "visited", "papers"),
    "survey_booked": ("told", "rung", "needs", "visited", "papers"),
    "to_draw": _SURVEYED,
    "to_quote": (*_SURVEYED, "drawn"),
    "to_accept": _OFFERED,
    "to_pay": _AGREED,
    "to_approve": (*_AGREED, "paid"),
    "ordered": _ORDERED,
    "building": (*_ORDERED, "begun"),
    "to_inspect": _BUILT,
    "failed": (*_BUILT, "failed"),
    "mended": (*_BUILT, "failed", "mended"),
    "ready": (*_BUILT, "passed"),
    "ready_again": (*_BUILT, "failed", "mended", "looked_again", "passed"),
    "connected": (*_BUILT, "passed", "gas_on"),
    "closed": (*_BUILT, "passed", "gas_on", "called"),
    "withdrawn": ("told", "rung", "needs", "withdrawn"),
    "refunded": (*_AGREED, "paid", "withdrawn"),
}


@dataclass(frozen=True)
class _Asked:
    """Who asked for what, how, and how far it came since."""

    kind: str
    channel: str
    name: str
    story: str
    organisation: str = ""
    is_new_build: bool = False


#: The first twenty, as many as `./run` brings, show every status.
_ASKED = (
    _Asked(K.RESIDENTIAL, "web", "周敏", "gaps"),
    _Asked(K.RESIDENTIAL, "cabinet", "褚燕", "to_accept"),
    _Asked(K.SMALL_MICRO, "hall", "郑秀", "building", "老街羊汤馆（示例）"),
    _Asked(K.COMMERCIAL, "hall", "冯凯", "failed", "兰陵宾馆（示例）"),
    _Asked(K.RESIDENTIAL, "phone", "朱琳", "survey_booked"),
    _Asked(K.RESIDENTIAL, "web", "水清", "connected"),
    _Asked(K.BUILDING_LINE, "hall", "金鑫", "to_pay", "文峰小区物业（示例）"),
    _Asked(K.PRIVATE_NETWORK, "hall", "许峰", "to_survey", "兰陵酒业园区（示例）", is_new_build=True),
    _Asked(K.SMALL_MICRO, "web", "杨帆", "to_look_at", "小杨包子铺（示例）"),
    _Asked(K.COMMERCIAL, "hall", "苏醒", "refunded", "苏醒咖啡（示例）"),
    _Asked(K.RESIDENTIAL, "web", "卫东", "rejected"),
    _Asked(K.RESIDENTIAL, "government", "何静", "to_draw"),
    _Asked(K.RESIDENTIAL, "phone", "喻言", "ready"),
    _Asked(K.RESIDENTIAL, "hall", "谢晨", "to_inspect"),
    _Asked(K.COMMERCIAL, "phone", "姜山", "ordered", "江山浴池（示例）"),
    _Asked(K.SMALL_MICRO, "web", "张弛", "to_quote", "张记烧饼（示例）"),
    _Asked(K.RESIDENTIAL, "phone", "陈立", "new"),
    _Asked(K.SMALL_MICRO, "phone", "窦豆", "connected", "豆豆早餐（示例）"),
    _Asked(K.PRIVATE_NETWORK, "phone", "曹阳", "to_accept", "神山工业园（示例）"),
    _Asked(K.RESIDENTIAL, "phone", "云飞", "withdrawn"),
    _Asked(K.RESIDENTIAL, "phone", "吴刚", "to_accept"),
    _Asked(K.COMMERCIAL, "web", "蒋明", "gaps", "开元商场（示例）"),
    _Asked(K.BUILDING_LINE, "hall", "沈涛", "gaps", "瑞福苑物业（示例）", is_new_build=True),
    _Asked(K.RESIDENTIAL, "hall", "韩梅", "to_look_at"),
    _Asked(K.COMMERCIAL, "phone", "秦川", "survey_booked", "向城医院（示例）"),
    _Asked(K.RESIDENTIAL, "web", "尤佳", "to_survey"),
    _Asked(K.BUILDING_LINE, "phone", "吕良", "to_draw", "苍山花园物业（示例）"),
    _Asked(K.COMMERCIAL, "hall", "施展", "to_quote", "大仲村学校食堂（示例）"),
    _Asked(K.COMMERCIAL, "web", "孔杰", "to_accept", "尚岩造纸厂（示例）"),
    _Asked(K.RESIDENTIAL, "web", "严冬", "to_pay"),
    _Asked(K.SMALL_MICRO, "phone", "华春", "to_pay", "春华火锅（示例）"),
    _Asked(K.COMMERCIAL, "hall", "魏来", "to_approve", "未来幼儿园（示例）"),
    _Asked(K.PRIVATE_NETWORK, "hall", "陶然", "building", "卞庄供热站（示例）"),
    _Asked(K.BUILDING_LINE, "web", "戚薇", "ordered", "城南一品物业（示例）"),
    _Asked(K.SMALL_MICRO, "hall", "邹平", "mended", "邹家馒头坊（示例）"),
    _Asked(K.COMMERCIAL, "web", "柏林", "ready_again", "柏林面包房（示例）"),
    _Asked(K.RESIDENTIAL, "hall", "章程", "closed"),
    _Asked(K.RESIDENTIAL, "web", "潘越", "new"),
    _Asked(K.PRIVATE_NETWORK, "web", "葛亮", "gaps", "庄坞蔬菜冷库（示例）"),
    _Asked(K.BUILDING_LINE, "web", "奚望", "to_survey", "希望里物业（示例）"),
)
_LATELY = timedelta(minutes=20)
_SAID_BY = {"hall": "fang", "phone": "xia"}
_APPLIANCES = {K.RESIDENTIAL: {"stove": 1, "water_heater": 1}, K.PRIVATE_NETWORK: {"steam": 1}, K.BUILDING_LINE: {}}


def bring_applications(at: datetime) -> None:
    """As many as fit a city of this size, the longest under way first. Without plans nobody can apply."""
    staff = {one.user.username: one for one in Staff.objects.select_related("user", "hall")}
    if not PolicyVersion.objects.exists():
        return
    todo = list(zip(count(), _ASKED, _doors(), strict=False))
    for place, asked, door in sorted(todo, key=lambda one: -_hours(one[1])):
        then = at - _LATELY - timedelta(hours=_hours(asked), minutes=7 * place)
        application = _apply(asked, place, door, staff, then)
        way = Way(application, staff, place, then)
        way.go(_STORIES[asked.story])
        if asked.story == "survey_booked":
            _book(application, at)


def _hours(asked: _Asked) -> float:
    return sum(HOURS[step] for step in _STORIES[asked.story])


def _doors() -> Iterator[Premises]:
    """Beside whom they want gas: every hundredth door that has it."""
    doors = Premises.objects.select_related("territory").order_by("pk")
    many = min(doors.count() // _ACCOUNTS_FOR_ONE, len(_ASKED))
    for place in range(many):
        yield doors[place * _ACCOUNTS_FOR_ONE]


def _apply(asked: _Asked, place: int, door: Premises, staff: Mapping[str, Staff], then: datetime) -> Application:
    asker = User.objects.filter(username="demo-customer").first() if asked.channel == "cabinet" else None
    clerk = staff.get(_SAID_BY.get(asked.channel, ""))
    wish = Wish(
        kind=asked.kind,
        channel=asked.channel,
        name=asked.name,
        phone=f"+861312300{1_000 + place}",
        place=f"{door.address}旁（示例）",
        is_new_build=asked.is_new_build,
        organisation=asked.organisation,
        appliances=_APPLIANCES.get(K(asked.kind), {"range": 2}),
        flow=None if asked.kind == K.RESIDENTIAL else 12_000,
        is_one_stop=asked.kind == K.COMMERCIAL and place % 2 == 1,
        language="zh-hans",
        asker=asker,
    )
    by = clerk.user if clerk else asker or VISITOR
    return connections.operations.applying.apply(wish=wish, by=by, at=then)


def _book(application: Application, at: datetime) -> None:
    """The first time that is to be had."""
    found = times_for(application, VisitPurpose.SURVEY, at).days
    if found:
        _day, slots = found[0]
        visits.book(application=application, purpose=VisitPurpose.SURVEY, starts_at=slots[0].starts_at, by=VISITOR, at=at)
