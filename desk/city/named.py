"""Who comes first in the demo, and what was put forward: people qualified for key accounts, matters of those with and without a manager,
a petition and the leader's reception day that are asked after, and an order of a stranger's call that an agent only has to find.
"""

from datetime import datetime, timedelta

from django.conf import settings

from accounts.models import Account, Segment, Staff
from callbacks.models import CareQualification
from callbacks.operations import naming
from callbacks.operations.bearing import bear_now
from callbacks.queries.care import CARED_FOR
from casework.models import Contact, Origin
from casework.operations import Opening, answer_request, open_request

from ..operations import call_records, calls
from ..operations.call_records import Record
from ..operations.hotline_lines import ensure_line
from .reference import CITY

T = Contact.CallType
_LEVELS = {"qiang": CareQualification.Level.SENIOR, "ping": CareQualification.Level.SENIOR, "fang": CareQualification.Level.QUALIFIED}
#: Language, channel, minutes ago, what a customer who comes first asks.
_ASKED = (
    ("zh-hans", "cabinet", 9, "bill", "食品厂二季度用气量对账单请发一份盖章版。"),
    ("ru", "cabinet", 7, "service", "Прошу согласовать дату проверки газорегуляторного пункта на декабрь."),
    ("en", "cabinet", 5, "supply", "We plan a second boiler for spring: how much can the line deliver?"),
)
_PUT_FORWARD = (
    (Origin.PETITION, "letter", "楼道燃气立管锈蚀多年无人处理，请贵公司答复。", "已更换立管并刷漆，现场照片附后。"),
    (Origin.LEADER_DAY, "hall", "领导接待日反映：政务大厅窗口排队时间太长。", "已增开一个窗口，并开通预约办理。"),
    (Origin.CONDUCT_SUPERVISOR, "phone", "行风监督员反映：收费公示栏价格未及时更新。", "公示栏当日已更新，并指定专人每月核对。"),
)


def bring_named(at: datetime) -> None:
    """All of it, by the operations that everybody uses."""
    people = {staff.user.username: staff for staff in Staff.objects.select_related("user", "hall")}
    if not {"xia", "fang", "guo", *_LEVELS} <= people.keys():
        return
    for username, level in _LEVELS.items():
        naming.qualify(staff=people[username], level=level, by=people["guo"].user, at=at - timedelta(days=60))
    _ask(at)
    naming.leave_nobody_alone(at=at)
    _put_forward(people, at)
    _strangers_order(people["xia"], at)


def _ask(at: datetime) -> None:
    """The last ones asked first: most of them have no manager yet."""
    first = Account.objects.filter(status=Account.Status.OPEN, customer__segment__in=CARED_FOR).select_related("customer", "premises")
    found = [*first.filter(customer__segment=Segment.VIP).order_by("pk")[:2], *first.order_by("-pk")[:1]]
    for account, (language, channel, minutes, topic, text) in zip(found, _ASKED, strict=False):
        opening = Opening(kind="general_request", subject="", channel=channel, account=account, language=language)
        open_request(opening=opening, topic=topic, text=text, by=CITY, at=at - timedelta(minutes=minutes))


def _put_forward(people: dict[str, Staff], at: datetime) -> None:
    """Answered this morning; somebody is to ask, by letter where it came as a petition."""
    for number, (origin, channel, text, answer) in enumerate(_PUT_FORWARD):
        began, clerk = at - timedelta(minutes=100 - 10 * number), people["fang"].user
        opening = Opening(kind="general_request", subject="", channel=channel, origin=origin, contact_phone="+8613905390142")
        request = open_request(opening=opening, topic="service", text=text, by=clerk, at=began)
        answer_request(request=request, text=answer, means=Contact.Means.LETTER, by=clerk, at=began + timedelta(minutes=4))
        bear_now(case=request.case)


def _strangers_order(agent: Staff, at: datetime) -> None:
    """A call of somebody we do not know, written down; its order was opened a little later, and nothing links them yet."""
    began, phone = at - timedelta(minutes=50), "+8613905390117"
    line = ensure_line(number=settings.COMPANY["hotline"], by=CITY, at=began)
    call = calls.ring(line=line, exchange_id="city-stranger", caller=phone, by=CITY, at=began)
    calls.answer(call=call, agent=agent, by=CITY, at=began + timedelta(seconds=6))
    calls.hang_up(call=call, by=CITY, at=began + timedelta(seconds=110))
    wanted = Record(call_type=T.CONSULTATION, content="租客询问如何开通线上查询，需回复。", is_solved=False, is_order_wanted=True)
    call_records.save(call=call, record=wanted, by=agent.user, at=began + timedelta(seconds=150))
    opening = Opening(kind="general_request", subject="", channel="phone", contact_phone=phone)
    taken_at, words = began + timedelta(minutes=4), "租客想在线上查询燃气余额。"
    taken = open_request(opening=opening, topic="account", text=words, by=agent.user, at=taken_at)
    answer = "在“我的燃气”里用户号加证件后四位即可绑定。"
    answer_request(request=taken, text=answer, means=Contact.Means.CALL, by=agent.user, at=taken_at + timedelta(minutes=4))
