"""What the front desk has on its hands when the demo begins: a few requests from the first accounts, some answered, some new.

They go through the same operations as everybody's, at moments of the last days, so that their clocks, journals and letters are
those of the house. Nothing is old enough to be late: a demo should not begin with a reproach.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import Account, Staff
from casework.models import Contact, GeneralRequest
from casework.operations import Opening, answer_request, ask_customer, open_request

from .reference import CITY

T = GeneralRequest.Topic


@dataclass(frozen=True)
class _Matter:
    """A request: who took it down and how, how many minutes ago, what was said, and the answer or question if there is one."""

    clerk: str
    channel: str
    minutes: int
    topic: str
    text: str
    answer: str = ""
    question: str = ""


_DAY = 24 * 60
_MATTERS = (
    _Matter(
        "fang",
        "hall",
        2 * _DAY + 35,
        T.BILL,
        "去年冬天采暖用气多，阶梯气价从哪一方开始加价？",
        "第二档从每户每年400方以上起，家里五口人以上可以办理放宽。",
    ),
    _Matter(
        "xia",
        "phone",
        2 * _DAY + 12,
        T.TOP_UP,
        "线上交费后卡上没有气量，要到哪里写卡？",
        "带卡到开元名都北区或瑞福苑营业厅写卡，随到随办。",
    ),
    _Matter("lan", "web", _DAY + 95, T.ACCOUNT, "房子过户了，户名怎么改？", "带新房产证、身份证和燃气卡到营业厅办理过户，当场办结。"),
    _Matter("yan", "hall", _DAY + 48, T.SUPPLY, "小区外面在挖沟，会不会停气？", "施工单位已报备，不停气；如需停气会提前两天通知。"),
    _Matter("xia", "phone", _DAY + 20, T.SERVICE, "安检人员的工作证能不能查？", "可以。报工号给96655或在便民页面核对。"),
    _Matter("fang", "hall", 6, T.ACCOUNT, "想加一个手机号接收通知。", question="请提供要登记的手机号，并回复收到的验证码。"),
    _Matter("xia", "phone", 4, T.CONNECTION, "自建房想通天然气，需要什么手续？"),
    _Matter("lan", "email", 3, T.SERVICE, "Здравствуйте! Можно ли получать квитанции на русском языке?"),
    _Matter("juan", "hall", 2, T.TOP_UP, "插卡后表上显示“卡坏”，家里今晚要做饭。"),
    _Matter("", "cabinet", 1, T.BILL, "这个月的单价为什么变成3.30元？"),
)
#: How long a clerk takes: well inside every promise.
_TAKES = timedelta(minutes=4)


def bring_matters(at: datetime) -> None:
    """Open them, one for each of the first accounts."""
    clerks = {staff.user.username: staff for staff in Staff.objects.select_related("user", "hall")}
    homes = Account.objects.filter(status=Account.Status.OPEN).select_related("customer", "premises").order_by("pk")
    for matter, account in zip(_MATTERS, homes[: len(_MATTERS)], strict=False):
        _bring(matter, account, clerks, at - timedelta(minutes=matter.minutes))


def _bring(matter: _Matter, account: Account, clerks: dict[str, Staff], moment: datetime) -> None:
    clerk = clerks.get(matter.clerk)
    opening = Opening(
        kind="general_request",
        subject="",
        channel=matter.channel,
        account=account,
        premises=account.premises,
        contact_name=account.customer.name,
        language=account.customer.language,
        hall=clerk.hall if clerk else None,
    )
    by = clerk.user if clerk else CITY
    request = open_request(opening=opening, topic=matter.topic, text=matter.text, by=by, at=moment)
    if clerk and matter.answer:
        answer_request(request=request, text=matter.answer, means=Contact.Means.COUNTER, by=clerk.user, at=moment + _TAKES)
    elif clerk and matter.question:
        ask_customer(case=request.case, question=matter.question, means=Contact.Means.CALL, by=clerk.user, at=moment + _TAKES)
