"""Complaints of the demo, one in every place of their way: about a clerk, a delay, a bill, by petition, with insults, the third of one.

They go through the same operations as everybody's, within the last two days: nothing is late.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import casework.operations
from accounts.actors import System
from accounts.models import Staff, User
from accounts.roles import Role
from callbacks.operations.bearing import bear_now
from callbacks.operations.hearing import Said, hear
from casework.operations import Target
from complaints.models import Complaint
from complaints.operations import complaining, complaint_answers, looking_into
from complaints.operations.complaining import Grievance
from complaints.operations.complaint_answers import Decision, Work

type People = dict[str, Staff]
_WEB = System("web")
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class _Wrong:
    """Who said what, minutes ago, by which way, and what became of it."""

    minutes: int
    about: str
    text: str
    channel: str = "web"
    name: str = ""
    phone: str = ""
    wanted_way: str = ""
    origin: str = "customer"
    address: str = ""
    language: str = "zh-hans"
    staff: str = ""
    by: str = ""
    then: str = ""


_WRONGS = (
    _Wrong(2, "delay", "约好上午九点，等到中午也没人来。", phone="+8613900139031", wanted_way="call"),
    _Wrong(70, "conduct", "三号柜台的人大声对我喊，说我填错了。", "phone", "周敏", "+8613900139032", staff="017", by="xia", then="asked"),
    _Wrong(
        190, "safety", "你们修完以后我母亲一氧化碳中毒，住院了！", name="孙志", phone="+8613900139033", wanted_way="call", then="waiting"
    ),
    _Wrong(300, "delay", "第三次了：说来不来。", name="吴菲", phone="+8613900139034", wanted_way="call", then="looked_into"),
    _Wrong(
        560,
        "money",
        "Мне дважды посчитали октябрь.",
        name="Анна",
        phone="+8613900139035",
        wanted_way="sms",
        language="ru",
        then="settled",
    ),
    _Wrong(640, "quality", "你们这些混蛋，表装歪了！", name="褚燕", phone="+8613900139036", wanted_way="call", then="refused"),
    _Wrong(
        1_380,
        "quality",
        "上访转来：开元名都三号楼管道漏水痕迹无人处理。",
        "letter",
        "三号楼业主",
        origin="petition",
        address="兰陵县开元名都3号楼2单元501",
        by="yu",
        then="promised",
    ),
    _Wrong(2_300, "delay", "维修的人又没来。", name="吴菲", phone="+8613900139034", wanted_way="call", then="closed"),
    _Wrong(2_700, "delay", "约好的时间没人来。", name="吴菲", phone="+8613900139034", wanted_way="call", then="closed"),
)


def bring_grievances(at: datetime) -> None:
    """Take them down, and let whoever routes complaints do their part."""
    people = {one.user.username: one for one in Staff.objects.select_related("user", "hall")}
    if not {"fang", "xia", "yu"} <= set(people):
        return
    for wrong in sorted(_WRONGS, key=lambda one: -one.minutes):
        begun = at - wrong.minutes * _MINUTE
        complaint = _take_down(wrong, people, begun)
        if wrong.then:
            _hand_over(complaint, people["yu"].user, begun + _MINUTE)
            _BECOMES[wrong.then](complaint, people, begun + 2 * _MINUTE)


def _take_down(wrong: _Wrong, people: People, at: datetime) -> Complaint:
    names = ("about", "text", "channel", "name", "phone", "wanted_way", "origin", "address", "language")
    accused = next((one for one in people.values() if one.number == wrong.staff), None)
    grievance = Grievance(staff=accused, **{name: getattr(wrong, name) for name in names})
    return complaining.complain(grievance=grievance, by=people[wrong.by].user if wrong.by else _WEB, at=at)


def _hand_over(complaint: Complaint, router: User, at: datetime) -> None:
    case = complaint.case
    if case.owner is not None and case.owner.user_id != router.pk:
        to = Target(role=Role.COMPLAINT_ROUTER, note="请调查。")
        casework.operations.transfer(case=case, to=to, by=case.owner.user, at=at)
        casework.operations.accept(case=case, by=router, at=at + _MINUTE)
    looking_into.investigate(complaint=complaint, by=router, at=at + _MINUTE)


def _ask_accused(complaint: Complaint, people: People, at: datetime) -> None:
    to = Target(staff=people["fang"], note="今天上午三号柜台与一位填表的用户之间发生了什么？")
    looking_into.inquire(complaint=complaint, to=to, is_to_contact=False, by=people["yu"].user, at=at)
    _reply(complaint, people, at)


def _wait(complaint: Complaint, people: People, at: datetime) -> None:
    _reply(complaint, people, at)
    looking_into.ask_customer(complaint=complaint, question="在哪家医院？哪天维修的？", means="call", by=people["yu"].user, at=at + _MINUTE)


def _look_into(complaint: Complaint, people: People, at: datetime) -> None:
    _reply(complaint, people, at)
    to = Target(role=Role.DISPATCHER, note="本周三次未按约上门，原因是什么？请与用户联系，电话见工单。")
    looking_into.inquire(complaint=complaint, to=to, is_to_contact=True, by=people["yu"].user, at=at + _MINUTE)


def _reply(complaint: Complaint, people: People, at: datetime) -> None:
    looking_into.replied(complaint.case, "call", by=people["yu"].user, at=at)


def _settle(complaint: Complaint, people: People, at: datetime) -> None:
    words = "Вы правы: октябрь посчитан дважды. Деньги вернутся на счёт сегодня."
    _answer(complaint, people, Decision(outcome="justified", text=words, way="sms", finding="重复计费"), at + 20 * _MINUTE)


def _refuse(complaint: Complaint, people: People, at: datetime) -> None:
    decision = Decision(outcome="", text="安装位置符合规范，照片可在营业厅查看。", way="call", finding="现场照片正常")
    complaint_answers.refuse(complaint=complaint, decision=decision, by=people["yu"].user, at=at + 20 * _MINUTE)


def _promise(complaint: Complaint, people: People, at: datetime) -> None:
    _reply(complaint, people, at)
    work = Work(words="更换三号楼立管保温层", promised_at=at + timedelta(days=4))
    words = "感谢来信。管道无泄漏，保温层破损，我们将更换并恢复墙面。"
    _answer(complaint, people, Decision(outcome="partly", text=words, way="letter", works=[work]), at + 25 * _MINUTE)


def _close(complaint: Complaint, people: People, at: datetime) -> None:
    words = "对不起，调度排班有误，已重新约定时间。"
    _answer(complaint, people, Decision(outcome="justified", text=words, way="call"), at + 20 * _MINUTE)
    follow_up = bear_now(case=complaint.case)
    if follow_up is not None:
        hear(follow_up=follow_up, said=Said(settled=True, score=2), by=people["xia"].user, at=at + 90 * _MINUTE)


def _answer(complaint: Complaint, people: People, decision: Decision, at: datetime) -> None:
    complaint_answers.answer(complaint=complaint, decision=decision, by=people["yu"].user, at=at)


_BECOMES: dict[str, Callable[[Complaint, People, datetime], None]] = {
    "asked": _ask_accused,
    "waiting": _wait,
    "looked_into": _look_into,
    "settled": _settle,
    "refused": _refuse,
    "promised": _promise,
    "closed": _close,
}
