"""Letters to the demo's virtual reception and applications for services, one in every place of their way.

They go through the same operations as everybody's, within the last two days: nothing is late.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.actors import System
from accounts.models import Staff, Territory
from complaints.models import Appeal, ServiceApplication, Triage
from complaints.operations import reception_routes, service_applications, service_course, triage
from complaints.operations.appeal_answers import Words, answer_appeal
from complaints.operations.appeals import NewAppeal, send_appeal
from complaints.operations.service_applications import NewService, apply_for_service

type People = dict[str, Staff]
_WEB = System("web")
_HOUR = timedelta(hours=1)
_DATE_HELD = timedelta(hours=30)


@dataclass(frozen=True)
class _Letter:
    """Who wrote what, hours ago, and what became of it."""

    hours: int
    form: str
    topic: str
    text: str
    name: str
    phone: str
    then: str = ""
    language: str = "zh-hans"


_LETTERS = (
    _Letter(1, "question", "money", "为什么十月的燃气费比九月高？", "周敏", "+8613900139001"),
    _Letter(2, "review", "service", "开元名都北区营业厅的王芳很耐心，谢谢。", "褚燕", ""),
    _Letter(3, "appeal", "safety", "楼道里燃气立管生锈，希望检查。", "郑秀", "+8613900139003", "forwarded"),
    _Letter(6, "question", "contract", "Можно ли оформить договор на двух владельцев?", "Анна", "+8613900139004", "drafting", "ru"),
    _Letter(8, "question", "meters", "Where do I find the number of my meter?", "Ben", "+8613900139005", "waiting", "en"),
    _Letter(20, "appeal", "repair", "小区西门外施工路面什么时候恢复？", "金鑫", "+8613900139007", "hard"),
    _Letter(22, "question", "money", "阶梯气量每年什么时候清零？", "许峰", "+8613900139008", "typical"),
    _Letter(26, "appeal", "other", "路灯坏了一周，请派人修。", "杨帆", "+8613900139009", "declined"),
    _Letter(30, "question", "supply", "冬季会不会限制用气？", "苏醒", "+8613900139010", "answered"),
)
_SERVICES = (
    (1, "meter", {"place": "兰陵县卞庄街道文峰路12号"}, "new"),
    (4, "appliance", {"place": "兰陵县卞庄街道中兴路3号"}, "waiting"),
    (9, "stop", {"place": "兰陵县卞庄街道塔山路8号", "since": "12月1日至12月20日"}, "routed"),
    (24, "certificate", {"account": "0371204170", "purpose": "贷款"}, "agreed"),
    (40, "contract", {"account": "0371204180", "owner": "本人"}, "done"),
)


def bring_letters(at: datetime) -> None:
    """Send them, and let the reception, its specialist and its router do their part."""
    people = {one.user.username: one for one in Staff.objects.select_related("user", "hall")}
    if not {"lan", "ning", "xue", "feng"} <= set(people):
        return
    _keep_rules(people, at - 48 * _HOUR)
    for letter in sorted(_LETTERS, key=lambda one: -one.hours):
        _bring_letter(letter, people, at - letter.hours * _HOUR)
    for hours, service, details, story in sorted(_SERVICES, key=lambda row: -row[0]):
        wish = NewService(service=service, channel="web", details=details, phone="+8613900139020")
        _bring_service(wish, story, people, at - hours * _HOUR)


def _keep_rules(people: People, at: datetime) -> None:
    """Networks are the engineers', everything else the specialist's."""
    town = Territory.objects.filter(level=Territory.Level.TOWN).order_by("pk").first()
    reception_routes.keep_route(topic="", territory=None, to="direction_specialist", by=people["lan"].user, at=at)
    reception_routes.keep_route(topic="repair", territory=None, to=people["feng"], by=people["lan"].user, at=at)
    if town is not None:
        reception_routes.keep_route(topic="safety", territory=town, to="inspector", by=people["lan"].user, at=at)


def _bring_letter(letter: _Letter, people: People, at: datetime) -> None:
    names = ("form", "topic", "text", "name", "phone", "language")
    new = NewAppeal(channel="web", is_publishable=bool(letter.then), **{name: getattr(letter, name) for name in names})
    appeal = send_appeal(new=new, by=_WEB, at=at)
    if letter.then:
        _BECOMES[letter.then](appeal, people, at + timedelta(minutes=20))


def _forward(appeal: Appeal, people: People, at: datetime) -> None:
    triage.forward(appeal=appeal, to=people["ning"], question="请告诉我们怎样答复。", by=people["lan"].user, at=at)


def _draft(appeal: Appeal, people: People, at: datetime) -> None:
    _forward(appeal, people, at)
    question = appeal.direction_questions.get()
    question.appeal = appeal
    triage.answer_for_direction(question=question, answer="可以，两位产权人都到场签字。", by=people["ning"].user, at=at + _HOUR)


def _wait(appeal: Appeal, people: People, at: datetime) -> None:
    triage.ask_applicant(appeal=appeal, question="Which kind is it: with a card, or with a display and keys?", by=people["lan"].user, at=at)


def _tell_date(appeal: Appeal, people: People, at: datetime) -> None:
    triage.tell_date(appeal=appeal, until=at + _DATE_HELD, reason="需与市政核对恢复日期。", by=people["lan"].user, at=at)


def _answer_typical(appeal: Appeal, people: People, at: datetime) -> None:
    words = Words(text="每年1月1日零时重新计算。", way="sms", triage=Triage.TYPICAL)
    answer_appeal(appeal=appeal, words=words, by=people["lan"].user, at=at)


def _answer(appeal: Appeal, people: People, at: datetime) -> None:
    answer_appeal(appeal=appeal, words=Words(text="居民用气优先保障，目前没有限制计划。", way="sms"), by=people["lan"].user, at=at)


def _decline(appeal: Appeal, people: People, at: datetime) -> None:
    triage.decline(appeal=appeal, reason="路灯由市政管理处负责，请拨打12345。", by=people["lan"].user, at=at)


_BECOMES: dict[str, Callable[[Appeal, People, datetime], None]] = {
    "forwarded": _forward,
    "drafting": _draft,
    "waiting": _wait,
    "hard": _tell_date,
    "typical": _answer_typical,
    "declined": _decline,
    "answered": _answer,
}


def _bring_service(new: NewService, story: str, people: People, at: datetime) -> None:
    application, router = apply_for_service(new=new, by=_WEB, at=at), people["xue"].user
    if story == "waiting":
        items = service_applications.gaps_of(application)
        service_applications.ask_for_missing(application=application, items=items, note="", by=router, at=at + _HOUR)
    elif story in {"routed", "agreed", "done"}:
        service_course.route(application=application, to=people["ning"], by=router, at=at + _HOUR)
        _go_on(application, story, people["ning"], at + 2 * _HOUR)


def _go_on(application: ServiceApplication, story: str, specialist: Staff, at: datetime) -> None:
    if story in {"agreed", "done"}:
        until = at + timedelta(days=3) if story == "agreed" else at + 20 * _HOUR
        service_course.agree(application=application, agreed_for=until, words="带身份证到营业厅。", by=specialist.user, at=at)
    if story == "done":
        service_course.finish(application=application, words="合同已更名。", by=specialist.user, at=at + 21 * _HOUR)
