"""What the hotline and the key-account manager did in the last days of the demo: calls written down, one order to be made, care.

They go through the same operations as everybody's; the exchange heard here is made up, and falls silent when the city is built: nobody
is told that the number cannot be reached before somebody connects a real one (docs/hotline.md).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from accounts.models import Account, Customer, Staff
from callbacks.operations import care
from callbacks.operations.care import Talk
from callbacks.queries.care import CARED_FOR
from casework.models import Contact

from ..models import Call
from ..operations import call_records, calls, workplaces
from ..operations.call_records import Record
from ..operations.hotline_lines import ensure_line
from ..workplace import ITEMS
from .reference import CITY

T = Contact.CallType


@dataclass(frozen=True)
class _Rang:
    """A call: how many minutes ago, seconds until answered, on hold and talked (all counted from the answer), and its record."""

    minutes: int
    rang: int
    talked: int
    call_type: str
    content: str
    held: int = 0
    is_solved: bool = True
    is_order_wanted: bool = False


_DAY = 24 * 60
_CALLS = (
    _Rang(2 * _DAY + 60, 5, 95, T.CONSULTATION, "询问阶梯气价分档，已按年度分档说明。"),
    _Rang(2 * _DAY + 20, 8, 140, T.TOP_UP, "线上购气后不会写卡，指引到最近自助写卡机。", held=20),
    _Rang(_DAY + 300, 4, 70, T.CONSULTATION, "询问营业厅营业时间。"),
    _Rang(_DAY + 210, 9, 170, T.REPAIR, "灶具打不着火，已指引更换电池，恢复正常。", held=35),
    _Rang(_DAY + 45, 6, 160, T.CONNECTION, "自建房报装所需材料，已一次性告知。"),
    _Rang(190, 7, 120, T.CONSULTATION, "老人优惠气量如何办理，需查证后回复。", is_solved=False),
    _Rang(70, 9, 150, T.REPAIR, "燃气表显示屏不亮，客户要求上门查看。", is_solved=False, is_order_wanted=True),
)
_WORDS = (
    ("call", "办公室", "用气正常，春季计划增加一台锅炉。", "下周送去扩容所需材料清单", 5),
    ("visit", "设备负责人", "查看调压箱和报警器，均正常；建议更换一段软管。", "本月内安排更换", 4),
)


def bring_calls(at: datetime) -> None:
    """Calls of the agent to the first homes, one that gave up, the agent's place of today; and care for two who are looked after."""
    people = {staff.user.username: staff for staff in Staff.objects.select_related("user", "hall")}
    if "xia" not in people:
        return
    xia, line = people["xia"], ensure_line(number=settings.COMPANY["hotline"], by=CITY, at=at - timedelta(days=3))
    homes = Account.objects.filter(status=Account.Status.OPEN).select_related("customer").order_by("pk")
    for number, (rang, account) in enumerate(zip(_CALLS, homes[: len(_CALLS)], strict=False)):
        began = at - timedelta(minutes=rang.minutes)
        _take(rang, account, calls.ring(line=line, exchange_id=f"city-{number}", caller="", by=CITY, at=began), xia)
    gone = calls.ring(line=line, exchange_id="city-gone", caller="", by=CITY, at=at - timedelta(minutes=130))
    calls.hang_up(call=gone, by=CITY, at=at - timedelta(minutes=130) + timedelta(seconds=9))
    workplaces.check_workplace(staff=xia, in_order=list(ITEMS), remark="", at=at - timedelta(minutes=240))
    if "wei" in people:
        _care(people["wei"], people.get("guo"), at)


def _take(rang: _Rang, account: Account, call: Call, agent: Staff) -> None:
    answered = call.rang_at + timedelta(seconds=rang.rang)
    calls.answer(call=call, agent=agent, by=CITY, at=answered)
    call_records.identify(call=call, account=account, by=agent.user, at=answered)
    if rang.held:
        _hold(call, rang.held, agent, answered + timedelta(seconds=30))
    ended = answered + timedelta(seconds=rang.talked)
    calls.hang_up(call=call, by=CITY, at=ended)
    record = Record(call_type=rang.call_type, content=rang.content, is_solved=rang.is_solved, is_order_wanted=rang.is_order_wanted)
    call_records.save(call=call, record=record, by=agent.user, at=ended + timedelta(seconds=40))


def _hold(call: Call, seconds: int, agent: Staff, began: datetime) -> None:
    calls.hold(call=call, is_agreed=True, by=agent.user, at=began)
    calls.resume(call=call, by=agent.user, at=began + timedelta(seconds=seconds))


def _care(manager: Staff, head: Staff | None, at: datetime) -> None:
    for number, customer in enumerate(Customer.objects.filter(segment__in=CARED_FOR).order_by("pk")[:12]):
        if head is not None:
            care.name_manager(customer=customer, staff=manager, by=head.user, at=at - timedelta(days=30))
        if number < len(_WORDS):
            kind, whom, words, then, score = _WORDS[number]
            talk = Talk(kind=kind, spoke_with=whom, words=words, next_step=then, score=score)
            care.talk_with(customer=customer, talk=talk, by=manager.user, at=at - timedelta(days=number + 1))
