"""Call backs of the demo: repairs of yesterday whose customers were asked, each with another end, and one to be tried again later.

Whoever rings is the hotline's agent or a clerk, never the crew; all of it goes through the same operations as everybody's. What waits is
not late, and the problem that was passed on was taken and answered.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.clock import business_date, business_midnight
from accounts.models import Account, Staff
from accounts.roles import Role
from callbacks.models import FollowUp, Result
from callbacks.operations import calling, hearing
from callbacks.operations.bearing import bear_now
from callbacks.operations.hearing import Said
from casework.operations import accept, answer_request
from repairs.models import Repair
from repairs.operations.visits import keep_up

from .faults import mend, report_fault

_MINUTE = timedelta(minutes=1)
_HOUR = 60 * _MINUTE
#: After the accounts of the requests (matters.py) and faults (faults.py).
_AFTER_FAULTS = 13
#: The first fault of yesterday is reported at this hour, the next one every so many minutes: one crew mends them one after another.
_FROM, _EVERY = timedelta(hours=8), 80 * _MINUTE


@dataclass(frozen=True)
class _Desk:
    """Who rings, and when."""

    staff: dict[str, Staff]
    at: datetime

    def hear(self, follow_up: FollowUp, said: Said) -> None:
        hearing.hear(follow_up=follow_up, said=said, by=self.staff["xia"].user, at=self.at)

    def try_in_vain(self, follow_up: FollowUp, times: int) -> FollowUp:
        for number in range(times):
            when = self.at + number * _HOUR
            follow_up = calling.note_attempt(follow_up=follow_up, result=Result.NO_ANSWER, by=self.staff["xia"].user, at=when)
        return follow_up


def _pleased(follow_up: FollowUp, desk: _Desk) -> None:
    answers = {"procedure": 1, "promise": 1, "attitude": 5, "quality": 5}
    desk.hear(follow_up, Said(settled=True, score=5, answers=answers, words="师傅来得快，讲解也清楚（示例）。"))


def _annoyed(follow_up: FollowUp, desk: _Desk) -> None:
    answers = {"procedure": 0, "promise": 1, "attitude": 2, "quality": 3}
    texts = {"suggestions": "进门请先出示工作证（示例）。"}
    desk.hear(follow_up, Said(settled=True, score=2, answers=answers, texts=texts))


def _with_a_problem(follow_up: FollowUp, desk: _Desk) -> None:
    """The dispatcher takes it and answers within a quarter of an hour."""
    said = Said(settled=True, score=4, answers={"attitude": 5}, problem="楼道立管油漆脱落、有锈（示例）。", department=Role.DISPATCHER)
    desk.hear(follow_up, said)
    case, gang = follow_up.problems.get().case, desk.staff["gang"].user
    accept(case=case, by=gang, at=desk.at + 3 * _MINUTE)
    request = case.general_request
    answer_request(request=request, text="已安排本周除锈刷漆（示例）。", means="call", by=gang, at=desk.at + 12 * _MINUTE)


def _not_reached(follow_up: FollowUp, desk: _Desk) -> None:
    tried = desk.try_in_vain(follow_up, 3)
    calling.give_up(follow_up=tried, by=desk.staff["xia"].user, at=desk.at + 3 * _HOUR)


def _busy(follow_up: FollowUp, desk: _Desk) -> None:
    calling.refuse(follow_up=follow_up, note="不方便接听（示例）。", by=desk.staff["xia"].user, at=desk.at)


_ENDS: tuple[Callable[[FollowUp, _Desk], None], ...] = (_pleased, _annoyed, _with_a_problem, _not_reached, _busy)


def bring_call_backs(at: datetime) -> None:
    """As many as there are doors for."""
    homes = Account.objects.filter(status=Account.Status.OPEN).select_related("customer", "premises__territory").order_by("pk")
    staff = {one.user.username: one for one in Staff.objects.select_related("user", "hall")}
    yesterday = business_midnight(business_date(at) - timedelta(days=1)) + _FROM
    found = list(homes[_AFTER_FAULTS : _AFTER_FAULTS + len(_ENDS) + 1])
    for number, (home, end) in enumerate(zip(found, _ENDS, strict=False)):
        reported = yesterday + number * _EVERY
        end(_ended(home, staff, reported), _Desk(staff, reported + 2 * _HOUR))
    if len(found) > len(_ENDS):
        last = _ended(found[-1], staff, at - 4 * _HOUR)
        _Desk(staff, at - 30 * _MINUTE).try_in_vain(last, 1)


def _ended(home: Account, staff: dict[str, Staff], at: datetime) -> FollowUp:
    """Reported, mended, and waiting for somebody to ask."""
    visit = report_fault(home, "appliance", "热水器点火后自动熄灭。", staff, at)
    mend(visit, staff, at)
    visit.refresh_from_db()
    repair = Repair.objects.select_related("case__timeline").get(case=visit.case)
    keep_up(repair=repair, visit=visit, at=at + 42 * _MINUTE)
    follow_up = bear_now(case=repair.case)
    assert follow_up is not None
    return FollowUp.objects.select_related("case__timeline").get(pk=follow_up.pk)
