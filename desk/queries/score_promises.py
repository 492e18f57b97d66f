"""The score's part about promises: kept, with more time, missed, how long; by chapter and promise; and the crews' arrival at leaks."""

from collections.abc import Iterator, Mapping

from sla.queries.tallies import chapter_of
from sla.tallies import Tally

from ..score_figures import Figure, careful, hidden, share, too_small

#: A crew is at an emergency: within the limit (an hour), and within the aim (half of one).
_ARRIVAL = "T06"


def promise_figures(found: Mapping[str, Tally]) -> list[Figure]:
    """All promises, each chapter, each promise; and arrivals."""
    chapters: dict[str, dict[str, Tally]] = {}
    for promise, tally in found.items():
        chapters.setdefault(chapter_of(promise), {})[promise] = tally
    return [*_promises(chapters), *_arrivals(found.get(_ARRIVAL, Tally()))]


def _promises(chapters: Mapping[str, Mapping[str, Tally]]) -> Iterator[Figure]:
    sums = {name: _sum(own) for name, own in chapters.items()}
    yield from _rows("all", _sum(sums))
    secret = too_small({name: tally.count for name, tally in sums.items()})
    for name, own in sorted(chapters.items()):
        yield from _guarded(name, sums[name], is_secret=name in secret)
        inner = too_small({key: tally.count for key, tally in own.items()})
        for key, tally in own.items():
            yield from _guarded(key, tally, is_secret=name in secret or key in inner)


def _sum(tallied: Mapping[str, Tally]) -> Tally:
    total = Tally()
    for one in tallied.values():
        total.add(one)
    return total


def _guarded(item: str, tally: Tally, *, is_secret: bool) -> Iterator[Figure]:
    for figure in _rows(item, tally):
        yield hidden(figure) if is_secret else figure


def _rows(item: str, tally: Tally) -> Iterator[Figure]:
    count = tally.count
    for measure, number in (
        ("ended", count),
        ("kept", tally.kept),
        ("kept_with_more_time", tally.extended),
        ("missed", tally.missed),
        ("missed_and_open", tally.undone),
    ):
        yield careful(Figure("promises", item, measure, number, "count", count))
    yield careful(Figure("promises", item, "share_kept", share(tally.kept, count), "percent", count))
    yield careful(Figure("promises", item, "share_with_more_time", share(tally.extended, count), "percent", count))
    yield careful(Figure("promises", item, "share_missed", share(tally.missed, count), "percent", count))
    if item == "all":
        return  # three rings and a year's check have no length in common
    yield careful(Figure("promises", item, "half_within", tally.within(50), "seconds", tally.done))
    yield careful(Figure("promises", item, "nine_tenths_within", tally.within(90), "seconds", tally.done))


def _arrivals(tally: Tally) -> Iterator[Figure]:
    count = tally.count
    for measure, value, unit, basis in (
        ("emergencies", count, "count", count),
        ("within_30_minutes", share(tally.aimed, tally.aims), "percent", tally.aims),
        ("within_60_minutes", share(tally.kept + tally.extended, count), "percent", count),
        ("half_within", tally.within(50), "seconds", tally.done),
        ("nine_tenths_within", tally.within(90), "seconds", tally.done),
    ):
        yield careful(Figure("arrival", "all", measure, value, unit, basis))
