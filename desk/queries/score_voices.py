"""The score's part about voices: complaints, the telephone, and what people say when they are asked how it went."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction

from django.conf import settings

from accounts.models import Account
from callbacks import sampling
from callbacks.models import FollowUp, Sample, SampleMember
from casework.models import Case
from complaints.models import Complaint
from sla.tallies import Tally

from ..score_figures import FEWEST, Figure, careful, hidden, share, too_small
from .hotline_figures import figures

_F = FollowUp.Status
_TRIED = (_F.HEARD, _F.REFUSED, _F.NOT_REACHED, _F.WRONG_NUMBER)


def complaint_figures(*, since: datetime, until: datetime, answered: Tally) -> Iterator[Figure]:
    """Received, by what they are about; justified of those decided; answered within the day promised; satisfaction."""
    received = Complaint.objects.filter(case__opened_at__gte=since, case__opened_at__lt=until, case__merged_into=None)
    about = Counter(received.order_by("pk").values_list("about", flat=True))
    count = sum(about.values())
    accounts = Account.objects.exclude(status=Account.Status.CLOSED).count()
    yield Figure("complaints", "all", "accounts", accounts, "count", None)
    yield careful(Figure("complaints", "all", "received", count, "count", count))
    yield careful(Figure("complaints", "all", "per_10000_accounts", _ratio(10_000 * count, accounts, 2), "ratio", count))
    decided = Complaint.objects.filter(decided_at__gte=since, decided_at__lt=until).order_by("pk").values_list("outcome", flat=True)
    right = sum(outcome in {"justified", "partly"} for outcome in decided)
    yield careful(Figure("complaints", "all", "decided", len(decided), "count", len(decided)))
    yield careful(Figure("complaints", "all", "justified", share(right, len(decided)), "percent", len(decided)))
    yield careful(Figure("complaints", "all", "answered_in_time", share(answered.kept, answered.count), "percent", answered.count))
    said = Complaint.objects.filter(satisfied_at__gte=since, satisfied_at__lt=until, satisfaction__isnull=False)
    scores = [score for score in said.order_by("pk").values_list("satisfaction", flat=True) if score is not None]
    yield careful(Figure("complaints", "all", "satisfaction", _ratio(sum(scores), len(scores), 1), "score", len(scores)))
    secret = too_small(about)
    for name, number in sorted(about.items()):
        figure = Figure("complaints", name, "received", number, "count", number)
        yield hidden(figure) if name in secret or count < FEWEST else figure


def telephone_figures(*, first: date, last: date) -> Iterator[Figure]:
    """Rings, waits and talks of the hotline (T24), of calls that the exchange told us of."""
    found = figures(since=first, until=last)
    rang, answered = found.shares.offered, found.shares.answered
    for measure, value, unit, basis in (
        ("calls", rang, "count", rang),
        ("within_3_rings", _percent(found.shares.service_level), "percent", rang),
        ("answered", _percent(found.shares.answer_rate), "percent", rang),
        ("given_up", _percent(found.shares.abandon_rate), "percent", rang),
        ("wait_half_within", found.shares.median, "seconds", answered),
        ("wait_nine_tenths_within", found.shares.ninety, "seconds", answered),
        ("talk_mean", found.talk_seconds, "seconds", answered),
        ("solved_in_call", _percent(found.solved), "percent", answered),
    ):
        yield careful(Figure("telephone", "all", measure, value, unit, basis))


def follow_up_figures(*, since: datetime, until: datetime) -> Iterator[Figure]:
    """Of call backs that ended: reached, satisfied; and the satisfaction of everybody with its margin, weighted by kind of matter."""
    ended = FollowUp.objects.filter(ended_at__gte=since, ended_at__lt=until, status__in=_TRIED)
    rows = list(ended.order_by("pk").values_list("kind", "status", "score", "settled"))
    reached = sum(status in {_F.HEARD, _F.REFUSED} for _kind, status, _score, _settled in rows)
    yield careful(Figure("follow_ups", "all", "ended", len(rows), "count", len(rows)))
    yield careful(Figure("follow_ups", "all", "reached", share(reached, len(rows)), "percent", len(rows)))
    kinds = sorted({row[0] for row in rows})
    heard = {kind: [row for row in rows if row[0] == kind and row[1] == _F.HEARD] for kind in kinds}
    sizes = {kind: sum(row[0] == kind for row in rows) for kind in kinds}
    scores = [sampling.Stratum(sizes[kind], [float(row[2]) for row in own if row[2] is not None]) for kind, own in heard.items()]
    happy = [sampling.Stratum(sizes[kind], [float(_is_happy(row[2], row[3])) for row in own]) for kind, own in heard.items()]
    yield from _estimates("follow_ups", scores, happy)


def sample_figures(*, since: datetime, until: datetime) -> Iterator[Figure]:
    """Of the samples that were drawn: how many were asked and heard, what they say, with the margin of error."""
    scores, happy, drawn = [], [], 0
    for sample in Sample.objects.filter(drawn_at__gte=since, drawn_at__lt=until).order_by("pk"):
        frame = sampling.unpacked(bytes(sample.frame))
        rows = list(sample.members.order_by("pk").values_list("stratum", "status", "score", "settled"))
        drawn += len(rows)
        for name, keys in sorted(frame.items()):
            own = [row for row in rows if row[0] == name and row[1] == SampleMember.Status.HEARD]
            scores.append(sampling.Stratum(len(keys), [float(row[2]) for row in own if row[2] is not None]))
            happy.append(sampling.Stratum(len(keys), [float(_is_happy(row[2], row[3])) for row in own]))
    yield careful(Figure("samples", "all", "drawn", drawn, "count", drawn))
    yield from _estimates("samples", scores, happy)


def opened_cases(*, since: datetime, until: datetime) -> Figure:
    """How many matters were brought to us at all, so that the other numbers have a measure."""
    count = Case.objects.filter(opened_at__gte=since, opened_at__lt=until, merged_into=None).count()
    return careful(Figure("matters", "all", "opened", count, "count", count))


def _estimates(section: str, scores: Sequence[sampling.Stratum], happy: Sequence[sampling.Stratum]) -> Iterator[Figure]:
    heard = sum(len(one.values) for one in happy)
    score, good = sampling.estimate(scores), sampling.estimate(happy)
    yield careful(Figure(section, "all", "heard", heard, "count", heard))
    for measure, value, unit in (
        ("satisfaction", _rounded(score.mean, 1, 2), "score"),
        ("satisfaction_margin", _rounded(_margin(score, scores), 1, 2), "score"),
        ("satisfied", _rounded(good.mean, 100, 1), "percent"),
        ("satisfied_margin", _rounded(_margin(good, happy), 100, 1), "points"),
    ):
        yield careful(Figure(section, "all", measure, value, unit, heard))


def _margin(found: sampling.Estimate, strata: Sequence[sampling.Stratum]) -> float | None:
    """The margin; None where one answer speaks for several people, for nobody knows how far these differ."""
    return None if any(len(one.values) == 1 < one.population for one in strata) else found.margin


def _is_happy(score: int | None, settled: bool | None) -> bool:
    """Settled, and more than the score from which a supervisor hears of it."""
    return bool(settled) and (score is None or score > settings.CALLBACK_DISSATISFIED_TO)


def _rounded(number: float | None, factor: int, places: int) -> float | None:
    return None if number is None else round(factor * number, places)


def _ratio(part: int, whole: int, places: int) -> float | None:
    return round(part / whole, places) if whole else None


def _percent(value: Fraction | None) -> float | None:
    return None if value is None else round(float(100 * value), 1)
