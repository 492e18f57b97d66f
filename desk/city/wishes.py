"""What customers of the demo do not want to be sent, how they said so, and other questions that wait for a second pair of eyes."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Account, Staff
from callbacks.operations import questionnaires
from callbacks.operations.questionnaires import NewQuestions
from callbacks.questions import of_the_house
from notices.models import RefusalMeans
from notices.operations import refusing
from notices.way_out import WAYS, Reader

_SHOES: Mapping[str, Any] = {
    "code": "shoes",
    "sort": "yes_no",
    "is_required": False,
    "ask": {
        "en": "Did they put on overshoes before they came in?",
        "zh-hans": "工作人员入户前是否穿鞋套？",
        "ru": "Надели ли мастера бахилы, прежде чем войти?",
    },
}
#: (topic, ways or all of them, how it was said, days ago)
_SAID: Sequence[tuple[str, Sequence[str], str, int]] = (
    ("news", (), RefusalMeans.LINK, 20),
    ("news", ("sms", "voice"), RefusalMeans.CABINET, 12),
    ("surveys", (), RefusalMeans.LINK, 9),
    ("news", (), RefusalMeans.ONE_CLICK, 5),
    ("places", ("sms",), RefusalMeans.STAFF, 2),
)


def stop_some(at: datetime) -> None:
    """A handful of customers stop some of our messages; one of them wants them again."""
    people = list(dict.fromkeys(Account.objects.order_by("-pk").values_list("customer", flat=True)[:40]))[-len(_SAID) :]
    for person, (topic, ways, means, days) in zip(people, _SAID, strict=False):
        refusing.stop(reader=Reader(person), topic=topic, ways=ways or WAYS, means=means, at=at - timedelta(days=days))
    if people:
        refusing.ask_again(reader=Reader(people[0]), topic="news", ways=["cabinet", "email"], at=at - timedelta(days=1))


def ask_otherwise(at: datetime) -> None:
    """The supervisor would ask of repairs whether overshoes were worn; somebody else publishes it. Of connections it is asked already."""
    staff = {one.user.username: one.user for one in Staff.objects.select_related("user")}
    if not {"dan", "qiang"} <= staff.keys():
        return
    for kind in ("repair", "connection"):
        questions = [*of_the_house()[kind][1][:2], _SHOES, *of_the_house()[kind][1][2:]]
        new = NewQuestions(kind=kind, questions=questions, since=None, reason="Customers mention shoes in every tenth call")
        draft = questionnaires.write(new=new, by=staff["dan"], at=at)
        if kind == "connection":
            questionnaires.publish(kind=kind, version=draft.version, by=staff["qiang"], at=at)
