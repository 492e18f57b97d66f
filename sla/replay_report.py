"""A replay as text for the terminal, and its clocks as rows of a file. Pure; its page has its own templates."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from .replay import Replay
from .replay_agreement import Agreement
from .replay_tally import Tally
from .simulation import Outcome

CLOCK_COLUMNS = (
    *("matter", "promise", "version", "started_at", "counts_from", "target_at", "due_at", "ended_at"),
    *("verdict", "target_met", "late_seconds", "cost", "told"),
)
_SHOWN_DIRT = 30


def clock_row(outcome: Outcome) -> list[object]:
    """One clock: when it was due, whether it was kept, who would have been told when, what it would have cost (minor units)."""
    deadline, ended = outcome.deadline, outcome.history.stopped_at
    moments = (outcome.history.started_at, deadline.counts_from, deadline.target_at, deadline.due_at, ended)
    told = "; ".join(f"{_iso(one.at)} {one.rung} {one.role}".rstrip() for one in outcome.told())
    met = {True: "yes", False: "no", None: ""}[outcome.target_met]
    late = outcome.late // timedelta(seconds=1)
    names = (outcome.story, outcome.policy.key, outcome.policy.number)
    return [*names, *map(_iso, moments), outcome.verdict, met, late, outcome.cost, told]


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""


def report(replay: Replay, title: str) -> Iterator[str]:
    """The whole of it, line by line."""
    used = replay.rows - len(replay.dirty)
    yield f"{title}: {replay.rows:,} rows, {used:,} replayed, {len(replay.dirty):,} dirty; as of {replay.until:%Y-%m-%d %H:%M}."
    for tally in sorted(replay.tallies.values(), key=lambda one: (one.policy.key, one.policy.number)):
        yield ""
        yield from _promise(tally)
    for agreement in replay.agreements:
        yield ""
        yield from _agreement(agreement)
    if replay.dirty:
        yield ""
        yield from _dirt(replay)


def _promise(tally: Tally) -> Iterator[str]:
    policy = tally.policy
    yield f"{policy.key}, version {policy.number}: {policy.title('en')}"
    counts = ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(tally.verdicts.items()))
    yield f"  clocks      {tally.clocks:,}: {counts}"
    if tally.targets:
        yield f"  in target   {_share(*tally.share_on_target())}"
    if tally.share_kept()[1]:
        yield f"  in limit    {_share(*tally.share_kept())}"
    if tally.lengths:
        yield "  time used   " + ", ".join(f"p{percent} {_length(tally.length_at(percent))}" for percent in (50, 90, 99))
    for (rung, role), count in sorted(tally.told.items(), key=lambda one: (-one[1], one[0])):
        yield f"  told        {count:,} x {role or 'whoever is answerable'} at {rung}"
    if tally.cost:
        yield f"  cost        {_money(tally.cost)}" + ("" if tally.is_paid else " (would be: compensation is off)")


def _agreement(agreement: Agreement) -> Iterator[str]:
    check = agreement.check
    if agreement.dues:
        yield f"Due moment of {check.promise}, within {check.within.seconds} s of the log's: {_agreed(agreement.dues)}"
    if agreement.verdicts:
        yield f"Verdict of {check.promise} as in the log: {_agreed(agreement.verdicts)}"
    for story, _promise_key, said in agreement.examples:
        yield f"  differs: {story} (the log says {said})"


def _agreed(counts: Counter[bool]) -> str:
    return _share(counts[True], counts.total())


def _dirt(replay: Replay) -> Iterator[str]:
    reasons = Counter(dirt.reason for dirt in replay.dirty)
    yield "Dirty rows: " + ", ".join(f"{count:,} {reason}" for reason, count in sorted(reasons.items()))
    for dirt in replay.dirty[:_SHOWN_DIRT]:
        yield f"  line {dirt.line}, {dirt.key}: {dirt.reason} {dirt.detail}".rstrip()
    if (more := len(replay.dirty) - _SHOWN_DIRT) > 0:
        yield f"  and {more:,} more (--dirty OUT writes them all)"


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({100 * part / whole:.2f} %)"


def _length(length: timedelta | None) -> str:
    minutes = (length or timedelta(0)) // timedelta(minutes=1)
    return f"{minutes // 60} h {minutes % 60:02} min" if minutes >= 60 else f"{minutes} min"


def _money(amount: int) -> str:
    return f"{amount // 100:,}.{amount % 100:02}"
