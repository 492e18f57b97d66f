"""What an applicant is told at once (CON-06): the whole process, papers, fees, times, and what happens where the acceptance fails.

The content is plain values in one language, so that it can be kept as it was told; pages, the PDF and the letter show the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import override

from accounts.roles import Role
from casework.models import Contact
from sla.naming import title
from sla.queries.policies import policies_at
from sla.wording import limit_in_words

from ..models import CLASSIFICATIONS, Application, ConnectionKind, FeeRow, PaperRow, PolicyVersion, StageRow
from ..stage_dates import place
from ..states import CONNECTION, ConnectionStatus
from ..ways_in import LABELS, channel_of
from .papers import in_words, wanted_rows

#: By which a notice can be given.
MEANS = (Contact.Means.COUNTER, Contact.Means.SMS, Contact.Means.CABINET, Contact.Means.LETTER, Contact.Means.VISIT, Contact.Means.CALL)
#: What a case tells its clocks by, where nobody has applied yet.
_PLAIN = {"urgency": "normal", "segment": "ordinary", "area": "urban"}


@dataclass(frozen=True, kw_only=True)
class Asker:
    """For whom the notice is made: by which way they came (ways_in), for a new building or not, with us doing everything or not."""

    channel: str
    is_new_build: bool = False
    is_one_stop: bool = False


def content_of(application: Application, language: str, at: datetime) -> dict[str, Any]:
    """The notice for one application, by the version of the plan that it was accepted under."""
    case = application.case
    asker = Asker(channel=application.way_in, is_new_build=application.is_new_build, is_one_stop=application.is_one_stop)
    known = {name: getattr(case, name) for name in ("kind", "classification", "urgency", "segment", "area", "channel")}
    return _content(application.policy, asker, known, language, at)


def content_for(policy: PolicyVersion, asker: Asker, language: str, at: datetime) -> dict[str, Any]:
    """The same before anybody has applied: for who reads what it takes, and for who edits the plan."""
    kind = ConnectionKind(policy.kind)
    known = {**_PLAIN, "kind": CONNECTION.kind, "classification": CLASSIFICATIONS[kind], "channel": channel_of(asker.channel)}
    return _content(policy, asker, known, language, at)


def _content(policy: PolicyVersion, asker: Asker, known: dict[str, str], language: str, at: datetime) -> dict[str, Any]:
    with override(language):
        stages = _on_the_way(policy.stages.all(), is_one_stop=asker.is_one_stop)
        papers = wanted_rows(policy, channel=asker.channel, is_new_build=asker.is_new_build)
        return {
            "kind": str(ConnectionKind(policy.kind).label),
            "version": policy.number,
            "way_in": str(LABELS.get(asker.channel, "")),
            "is_new_build": asker.is_new_build,
            "is_one_stop": asker.is_one_stop,
            "intro": in_words(policy.texts.get("intro", {}), language),
            "corrections": in_words(policy.texts.get("corrections", {}), language),
            "stages": [_stage(row, language) for row in stages],
            "days": _days(stages),
            "papers": [_paper(row, language) for row in papers],
            "fees": [_fee(row, language) for row in policy.fees.all()],
            "promises": _promises(known, at),
        }


def _on_the_way(rows: Iterable[StageRow], *, is_one_stop: bool) -> list[StageRow]:
    meant = [row for row in rows if row.status != ConnectionStatus.CORRECTIONS and not (row.is_own if is_one_stop else row.is_one_stop)]
    return sorted(meant, key=lambda row: (*place(row), row.pk or 0))


def _days(rows: Iterable[StageRow]) -> int:
    """Working days of the whole, if all goes by the plan: of stages beside each other the longest counts."""
    places = groupby((row for row in rows if row.is_needed), key=place)
    return sum(max(row.planned_days for row in beside) for _place, beside in places)


def _stage(row: StageRow, language: str) -> dict[str, Any]:
    owner = str(Role(row.owner).label) if row.owner in Role.values else ""
    return {"name": in_words(row.names, language), "ball": row.ball, "owner": owner, "days": row.planned_days}


def _paper(row: PaperRow, language: str) -> dict[str, Any]:
    return {
        "name": in_words(row.names, language),
        "hint": in_words(row.hints, language),
        "may_follow": row.may_follow,
        "at_survey": row.at_survey,
        "days": row.due_days,
        "consequence": in_words(row.consequences, language),
    }


def _fee(row: FeeRow, language: str) -> dict[str, Any]:
    until = str(ConnectionStatus(row.refundable_until).label)
    return {"name": in_words(row.names, language), "amount": row.amount, "unit": row.unit, "until": until}


def _promises(known: dict[str, str], at: datetime) -> list[dict[str, str]]:
    """What the book promises such a case, in words: to be accepted at once, to be built in so many days."""
    book = policies_at(at)
    found = [
        policy
        for verb in ("case.opened", "connection.ordered", "connection.conditions_ready")
        for policy in book.starting_on(verb, {}, known)
    ]
    public = {policy.key: policy for policy in found if policy.is_public and policy.limit and policy.source != "own"}
    return [{"title": title(policy), "limit": limit_in_words(policy.limit)} for policy in public.values() if policy.limit]
