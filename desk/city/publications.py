"""Answers for everybody in the demo: some that anybody reads, one that waits for a second pair of eyes, a draft, one taken back."""

from datetime import datetime, timedelta

from accounts.models import Staff
from complaints.models import Publication
from complaints.operations import publications
from complaints.operations.publications import Draft

_HOUR = timedelta(hours=1)
#: Section, language, question, answer.
_READ = (
    (
        "meters",
        "zh-hans",
        "插卡以后气表没有显示，怎么办？",
        "先按一下表上的按键。仍不显示，请更换四节五号电池，再插卡停留三到五秒。还不行请报修，当天上门。",
    ),
    (
        "meters",
        "en",
        "The meter shows nothing after I put the card in. What now?",
        "Press the key on the meter. If it stays dark, change the batteries and put the card in again. If that does not help, report it.",
    ),
    (
        "meters",
        "ru",
        "После карты счётчик ничего не показывает. Что делать?",
        "Нажмите кнопку на счётчике. Если экран тёмный, замените четыре батарейки и вставьте карту снова. Не помогло — сообщите нам.",
    ),
    ("money", "zh-hans", "阶梯气量什么时候重新计算？", "每年一月一日零时重新计算，去年没有用完的不结转。"),
    (
        "money",
        "en",
        "When does the year of the price steps begin?",
        "On 1 January at midnight. What was left of the year before is not carried over.",
    ),
    ("money", "ru", "Когда начинается год для ступеней тарифа?", "Первого января в ноль часов. Остаток прошлого года не переносится."),
    ("contract", "zh-hans", "房子过户以后，燃气户名怎么改？", "双方带身份证和新房产证到任一营业厅办理，先结清气费，当场办好。"),
)
_WAITS = ("service", "zh-hans", "营业厅周末上班吗？", "上班，时间见营业厅页面；节假日以公告为准。")
_DRAFT = ("repair", "zh-hans", "小区改造停气会提前通知吗？", "计划停气至少提前四十八小时公告，并发短信。")
_TAKEN_BACK = ("money", "en", "Is there a discount for paying early?", "Yes.")


def publish_answers(at: datetime) -> None:
    """Write them, and let a colleague read them before everybody does."""
    people = {one.user.username: one for one in Staff.objects.select_related("user", "hall").filter(user__username__in=["lan", "yu"])}
    if len(people) < 2 or Publication.objects.exists():
        return
    for place, words in enumerate(_READ):
        _let_out(words, people, at - (40 - place) * _HOUR)
    old = _let_out(_TAKEN_BACK, people, at - 60 * _HOUR)
    publications.withdraw(publication=old, why="The offer has ended.", by=people["lan"].user, at=at - 20 * _HOUR)
    waits = _begin(_WAITS, people, at - 3 * _HOUR)
    publications.propose(publication=waits, by=people["yu"].user, at=at - 2 * _HOUR)
    _begin(_DRAFT, people, at - _HOUR)


def _begin(words: tuple[str, str, str, str], people: dict[str, Staff], at: datetime) -> Publication:
    section, language, question, answer = words
    draft = Draft(section=section, language=language, question=question, answer=answer)
    return publications.begin(draft=draft, by=people["yu"].user, at=at)


def _let_out(words: tuple[str, str, str, str], people: dict[str, Staff], at: datetime) -> Publication:
    row = _begin(words, people, at)
    publications.propose(publication=row, by=people["yu"].user, at=at + _HOUR / 4)
    seen = publications.digest(row)
    return publications.publish(publication=row, seen=seen, looked_at=0, by=people["lan"].user, at=at + _HOUR / 2)
