"""Take down a report of a fault. Whatever else is wrong with it, it is stored; and unless a rule speaks against it, it is an order at once.

Note [What keeps a crew at home]. Three things: one source has sent too many reports (HELD), the place is outside our area, or the
desk only writes a call down (both REPORTED). The first two are told to dispatchers at once, and all three stand in one list.
An emergency that the desk takes down is always an order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import casework.queries
from accounts.actors import Actor
from accounts.models import Account, Premises, User
from casework.models import Case, Timeline, Urgency
from casework.operations import Opening, Step, open_case, record, split
from casework.operations.rows import insert, one_insert
from fieldwork.models import Visit

from .. import clusters, matters, triage
from ..models import Repair, ReportSource
from ..queries.nearby import neighbours_of, path_of
from ..queries.places import Whereabouts, locate
from ..sources import NOBODY, Source
from ..states import REPAIR, RepairStatus
from ..triage import Verdict
from .floods import flooding
from .ordering import TRIAGE, UnknownClass, order_first

_SUBJECT = 200


class UnknownFault(Exception):
    """What is wrong is one of the faults we know; "something else" is one."""

    def __init__(self) -> None:
        super().__init__(_("Choose what is wrong."))


class NoPlace(Exception):
    """Somebody must find it."""

    def __init__(self) -> None:
        super().__init__(_("Say where it is: an address, or coordinates."))


@dataclass(frozen=True, kw_only=True)
class Report:
    """What somebody says is wrong, where, and who they are. Nothing of the person is needed: a passer-by may report.

    ``fault`` is a Fault; ``answers`` go by triage.Question. Where it is: ``account`` or ``premises``, else ``place`` in words
    (which may hold coordinates), else ``point`` (latitude, longitude). ``phone`` in E.164; what could not be read as a number is
    ``unread_phone`` and stays with the words. ``urgency`` and ``classification`` are the desk's own judgement over triage's.
    """

    fault: str
    channel: str
    text: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    account: Account | None = None
    premises: Premises | None = None
    place: str = ""
    point: tuple[float, float] | None = None
    name: str = ""
    phone: str = ""
    unread_phone: str = ""
    language: str = ""
    asker: User | None = None
    urgency: str = ""
    classification: str = ""
    source: Source = NOBODY
    #: False: only written down; somebody makes it an order later.
    is_order: bool = True


@transaction.atomic
def report(*, report: Report, call: Case | None = None, by: Actor, at: datetime) -> Repair:
    """Store a report and, unless a rule speaks against it, order it: a crew is asked for before this returns.

    ``call`` is the case of the call it is made from, which stays a case of its own. See Note [What keeps a crew at home].
    Raises UnknownFault, UnknownClass, NoPlace, and Ended for a call that is over.
    """
    where = _check(report)
    verdict = _verdict(report)
    marks = report.source.digests()
    over = flooding(marks, at=at)
    staff = casework.queries.staff_behind(by)
    # Staff look after it in their own hall, where they have one.
    opening = replace(_opening(report, verdict, where, over), hall=(staff and staff.hall) or where.hall)
    with one_insert(Timeline, Case, Visit):
        case = _open(opening, call, by, at)
        repair = _keep(case, report, (*_remarks(report, over), *where.reasons, *verdict.reasons), where)
        repair.source = marks.get(over) or next(iter(marks.values()), "")
        if over:
            _set_aside(repair, Step("repair.held", {"source": over}), at)
        elif where.is_outside:
            _set_aside(repair, Step("repair.outside_area"), at)
        elif report.is_order or case.urgency == Urgency.EMERGENCY:
            order_first(repair=repair, by=by if staff else TRIAGE, at=at)
        insert(repair)
        insert(*(ReportSource(repair=repair, kind=kind, digest=digest, at=at) for kind, digest in marks.items()))
        _look_around(repair, at=at)
    return repair


def _open(opening: Opening, call: Case | None, by: Actor, at: datetime) -> Case:
    return split(case=call, opening=replace(opening, split_from=call), by=by, at=at) if call else open_case(opening=opening, by=by, at=at)


def _check(report: Report) -> Whereabouts:
    if report.fault not in Repair.Fault.values:
        raise UnknownFault
    if report.urgency not in ["", *Urgency.values] or report.classification not in ["", *Repair.Class.values]:
        raise UnknownClass
    premises = report.account.premises if report.account else report.premises
    if premises is None and report.point is None and not report.place.strip():
        raise NoPlace
    return locate(premises=premises, words=report.place, point=report.point)


def _verdict(report: Report) -> Verdict:
    """Triage's, unless the desk has judged for itself."""
    found = triage.judge(report.fault, report.answers)
    urgency, classification = report.urgency or found.urgency, report.classification or found.classification
    if (urgency, classification) == (found.urgency, found.classification):
        return found
    return Verdict(urgency, classification, triage.skill(report.fault, urgency), ("by_desk", *found.reasons))


def _remarks(report: Report, over: str) -> tuple[str, ...]:
    found = {
        f"many_from_{over}": bool(over),
        "phone_unclear": bool(report.unread_phone),
        "call_record": not report.is_order,
    }
    return tuple(code for code, is_so in found.items() if is_so)


def _opening(report: Report, verdict: Verdict, where: Whereabouts, over: str) -> Opening:
    return Opening(
        kind=REPAIR.kind,
        matter=matters.of_fault(report.fault),
        subject=_first_line(report.text),
        channel=report.channel,
        classification=verdict.classification,
        urgency=verdict.urgency,
        account=report.account,
        premises=report.premises,
        contact_name=report.name,
        contact_phone=report.phone,
        language=report.language,
        asker=report.asker,
        area=where.area,
        status=RepairStatus.HELD if over else RepairStatus.REPORTED,
    )


def _first_line(text: str) -> str:
    return next((line.strip()[:_SUBJECT] for line in text.splitlines() if line.strip()), "")


def _keep(case: Case, report: Report, reasons: tuple[str, ...], where: Whereabouts) -> Repair:
    words = [report.text.strip(), report.unread_phone.strip() and f"☎ {report.unread_phone.strip()}"]
    return Repair(
        case=case,
        fault=report.fault,
        text="\n".join(word for word in words if word),
        answers={question: answer for question, answer in report.answers.items() if answer in list(triage.Answer)},
        reasons=list(reasons),
        place=report.place.strip()[:240],
        territory=where.territory,
        latitude=where.latitude,
        longitude=where.longitude,
    )


def _set_aside(repair: Repair, why: Step, at: datetime) -> None:
    record(timeline_id=repair.case.timeline_id, steps=[why], by=TRIAGE, at=at, known=repair.case.timeline)


def _look_around(repair: Repair, *, at: datetime) -> None:
    """So many doors with one trouble: whoever plans interruptions is told by an event, once for each further report.

    What was set aside counts for nothing here: one source could make up a whole street.
    """
    if repair.case.status == RepairStatus.HELD:
        return
    repair.near_at_hand = neighbours_of(repair, at=at)
    near = [other for other, _how in repair.near_at_hand if other.case.status != RepairStatus.HELD]
    alike = [repair, *near]
    doors = {one.case.premises_id or -one.pk for one in alike}
    if not clusters.is_cluster(doors, from_count=settings.OUTAGE_FROM_REPORTS):
        return
    place = clusters.common_place(path for one in alike if (path := path_of(one)))
    facts = {"territory": place, "count": len(doors)}
    record(timeline_id=repair.case.timeline_id, steps=[Step("repair.cluster_seen", facts)], by=TRIAGE, at=at, known=repair.case.timeline)
