"""Gas was applied for twice: what came with the one application goes on in the other, and nothing has to be sent or signed again.

Over go papers where the other has less of them, with files and verdicts; the mandate; the draft, so that its link leads on; the number of
another system; the visit that is agreed; and the cabinet it is in. Offers do not: what was not accepted and paid ends. The clocks go
over by rule 10 of the clock algebra; those of stages end here, since the other application has stages of its own.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import casework.operations
from accounts.actors import Actor
from casework.models import Attachment, Case, Timeline
from casework.operations import NotMerged, Step, amend, record
from fieldwork.operations.carrying_over import carry_visit

from ..models import Application, ApplicationDraft, Mandate, Paper, PaperFile
from ..offer_refusals import PaidAlready
from ..queries.offers import charge_of, standing_contract
from ..states import CONNECTION, PaperStatus
from . import papers
from .holding import hold_case
from .offers import end_offer
from .stage_course import Course

#: How much is known of a paper, the least first.
_KNOWN = (PaperStatus.WANTED, PaperStatus.REJECTED, PaperStatus.HANDED_IN, PaperStatus.WAIVED, PaperStatus.ACCEPTED)


class NoApplication(NotMerged):
    """It would go on where nobody connects anything."""

    def __init__(self) -> None:
        super().__init__(_("An application for gas can only go on in another application for gas."))


class Paid(NotMerged):
    """Money was taken for it: it cannot end as if nobody had wanted it."""

    def __init__(self, *, both: bool) -> None:
        other = _("Both applications have a paid contract. Withdraw one of them: its money goes back by the contract.")
        super().__init__(other if both else _("This application is paid. Merge the other one into it."))


@transaction.atomic
def merge(*, application: Application, into: Application, by: Actor, at: datetime) -> Application:
    """Let an application go on in another one. Raises SameCase, Paid, WrongMove, StaleRow, Forbidden."""
    casework.operations.merge(case=application.case, into=into.case, by=by, at=at)
    return into


def carry_over(*, case: Case, into: Case, by: Actor, at: datetime) -> None:
    """What casework calls while it merges an application, under the locks of both cases. Raises NoApplication, Paid."""
    if into.kind != CONNECTION.kind:
        raise NoApplication
    one, other = (Application.objects.select_related("case", "policy").get(case=row) for row in (case, into))
    one.case, other.case = hold_case(case), hold_case(into)
    other.case.timeline = Timeline.objects.get(pk=into.timeline_id)
    carry_visit(case=case, into=other.case)
    _end_offer(one, other, by=by, at=at)
    _end_stages(one, by=by, at=at)
    carried = {"papers": _carry_papers(one, other), "mandates": _carry_mandate(one, other)}
    _carry_ways_in(one, other, by=by, at=at)
    record(timeline_id=into.timeline_id, steps=[Step("connection.carried_over", {"case": case.pk, **carried})], by=by, at=at)
    papers.go_on(application=other, by=by, at=at)


def _end_offer(one: Application, other: Application, *, by: Actor, at: datetime) -> None:
    contract, standing = standing_contract(one), standing_contract(other)
    charge = charge_of(standing) if standing else None
    if contract is None:
        return
    try:
        end_offer(contract, by=by, at=at)
    except PaidAlready:
        raise Paid(both=charge is not None and charge.is_paid) from None


def _end_stages(one: Application, *, by: Actor, at: datetime) -> None:
    course = Course(one, at)
    for stage in course.running():
        course.skip(stage, by=by)
    course.write(by=by)


def _carry_papers(one: Application, other: Application) -> int:
    """Those of which more is known here than there; how many."""
    there = {paper.key: paper for paper in other.papers.all()}
    carried = [paper for paper in one.papers.all() if paper.key in there and _is_further(paper, there[paper.key])]
    for paper in carried:
        _carry_paper(paper, there[paper.key], other.case)
    return len(carried)


def _is_further(paper: Paper, than: Paper) -> bool:
    return _KNOWN.index(PaperStatus(paper.status)) > _KNOWN.index(PaperStatus(than.status))


def _carry_paper(paper: Paper, to: Paper, case: Case) -> None:
    """Its versions after those that are there, its files to the other case, its verdict as it was given."""
    count = to.files.count()
    for number, version in enumerate(paper.files.select_related("attachment").order_by("number"), start=count + 1):
        PaperFile.objects.filter(pk=version.pk).update(paper=to, number=number)
        _carry_file(version.attachment, case)
    for name in ("status", "verdict", "handed_in_at", "decided_at", "decided_by"):
        setattr(to, name, getattr(paper, name))
    to.version += 1
    to.save(update_fields=["status", "verdict", "handed_in_at", "decided_at", "decided_by", "version"])


def _carry_file(file: Attachment | None, case: Case) -> None:
    if file is not None:
        Attachment.objects.filter(pk=file.pk).update(case=case)


def _carry_mandate(one: Application, other: Application) -> int:
    """The one that stands, unless the company acts there already."""
    standing = one.mandates.select_related("signature").filter(revoked_at=None).first()
    if standing is None or other.mandates.filter(revoked_at=None).exists():
        return 0
    _carry_file(standing.signature, other.case)
    return Mandate.objects.filter(pk=standing.pk).update(application=other)


def _carry_ways_in(one: Application, other: Application, *, by: Actor, at: datetime) -> None:
    """The cabinet, the link of the draft, and the other system's number lead to where it goes on."""
    if other.case.asker_id is None and one.case.asker_id is not None:
        amend(other.case, fields={"asker": one.case.asker}, steps=[Step("connection.claimed")], by=by, at=at)
    if not ApplicationDraft.objects.filter(case=other.case).exists():
        ApplicationDraft.objects.filter(case=one.case).update(case=other.case)
    if one.outside_number and not other.outside_number:
        said = {"outside_system": one.outside_system, "outside_number": one.outside_number, "outside_due": one.outside_due}
        # A number comes once: it leaves before it arrives.
        Application.objects.filter(pk=one.pk).update(outside_number="")
        Application.objects.filter(pk=other.pk).update(**said)
