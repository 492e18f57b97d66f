"""Samples as supervisors, callers and auditors see them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Account
from casework import kinds
from casework.models import JournalRoot

from .. import sampling
from ..models import Campaign, Sample, SampleMember

_S = SampleMember.Status


@dataclass(frozen=True)
class StratumLine:
    """One type of a sample: how many there are, were drawn, were heard; ``mean`` of their satisfaction, None before the first."""

    name: str
    population: int
    drawn: int
    heard: int
    waiting: int
    mean: float | None


@dataclass(frozen=True)
class SampleReport:
    """A sample with what came of it. ``settled`` is the share of those for whom all is well."""

    sample: Sample
    strata: Sequence[StratumLine]
    satisfaction: sampling.Estimate
    settled: sampling.Estimate

    @property
    def population(self) -> int:
        return sum(line.population for line in self.strata)

    @property
    def heard(self) -> int:
        return sum(line.heard for line in self.strata)


@dataclass
class Checked:
    """What an auditor finds: ``faults`` in a few words each; none means that the sample is what its seed says."""

    sample: Sample
    faults: list[str] = field(default_factory=list)


def samples() -> QuerySet[Sample]:
    """The newest first, with how many were drawn, heard and are still to be asked."""
    counted = Sample.objects.defer("frame").annotate(
        drawn=Count("members"),
        heard=Count("members", filter=Q(members__status=_S.HEARD)),
        waiting=Count("members", filter=Q(members__status=_S.TO_ASK)),
    )
    return counted.order_by("-drawn_at", "promise", "label")


def to_ask(sample: Sample) -> QuerySet[SampleMember]:
    """Who is still to be asked: those never tried first, then by the order in which they were drawn."""
    rows = sample.members.filter(status=_S.TO_ASK).select_related("case__account__customer", "customer")
    return rows.order_by("attempts", "pk")


def asked(sample: Sample) -> QuerySet[SampleMember]:
    """Who is not to be asked any more, the latest first."""
    rows = sample.members.exclude(status=_S.TO_ASK).select_related("case", "customer", "asked_by")
    return rows.order_by(F("ended_at").desc(nulls_last=True), "-pk")


def report(sample: Sample) -> SampleReport:
    """With margins of error by size of stratum (sampling.estimate)."""
    frame = sampling.unpacked(bytes(sample.frame))
    rows = list(sample.members.order_by("pk").values_list("stratum", "status", "score", "settled"))
    lines, scores, settled = [], [], []
    for name, keys in sorted(frame.items()):
        own = [row for row in rows if row[0] == name]
        told = [row for row in own if row[1] == _S.HEARD]
        values = [float(score) for _name, _status, score, _settled in told if score is not None]
        scores.append(sampling.Stratum(len(keys), values))
        settled.append(sampling.Stratum(len(keys), [float(bool(row[3])) for row in told]))
        mean = sum(values) / len(values) if values else None
        waiting = sum(row[1] == _S.TO_ASK for row in own)
        lines.append(StratumLine(name_of(name), len(keys), len(own), len(told), waiting, mean))
    return SampleReport(sample, lines, sampling.estimate(scores), sampling.estimate(settled))


def name_of(stratum: str) -> str:
    """A kind of case, a use of gas, or a campaign, in the reader's language."""
    if stratum in Account.UseKind.values:
        return str(Account.UseKind(stratum).label)
    if stratum.startswith("campaign-"):
        found = Campaign.objects.filter(pk=stratum.removeprefix("campaign-")).first()
        return found.name if found else stratum
    return str(kinds.kind(stratum).label) if stratum in kinds.kinds() else stratum


def check(sample: Sample, *, random_is_fine: bool = False) -> Checked:
    """Draw it again and compare: seed, frame, who was drawn first, and who replaced whom."""
    found, frame = Checked(sample), sampling.unpacked(bytes(sample.frame))
    if sampling.digest(frame) != sample.digest:
        found.faults.append(_("the list of those who could be drawn is not the one whose digest was published"))
    if sample.root is not None or not random_is_fine:
        found.faults += _faults_of_seed(sample)
    first = sampling.draw(frame, sample.percent, sample.seed)
    members = list(sample.members.order_by("pk"))
    for stratum, keys in first.items():
        drawn = [member.key for member in members if member.stratum == stratum and member.replaces_id is None]
        if sorted(drawn) != sorted(keys):
            found.faults.append(_("%(type)s: others were drawn than the seed says") % {"type": stratum})
        if not _follows(members, stratum, sampling.order(frame[stratum], sample.seed), len(keys)):
            found.faults.append(_("%(type)s: somebody was replaced by other than the next") % {"type": stratum})
    return found


def _faults_of_seed(sample: Sample) -> list[str]:
    if sample.root is None:
        return [_("the seed was drawn at random: no root of the journal had been published yet")]
    root = JournalRoot.objects.filter(number=sample.root).first()
    if root is None or sampling.seed_of(root.root, sample.promise_id, sample.label) != sample.seed:
        return [_("the seed does not follow from the published root of the journal")]
    if root.made_at > sample.drawn_at:
        return [_("the root of the journal is younger than the sample")]
    return []


def _follows(members: Sequence[SampleMember], stratum: str, order: Sequence[int], first: int) -> bool:
    """Whether the replacements are the next of the order, one for each who could not be asked."""
    later = [member.key for member in members if member.stratum == stratum and member.replaces_id is not None]
    return later == list(order[first : first + len(later)])
