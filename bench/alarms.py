"""``python -m bench.alarms``: time itself, with a million open clocks on PostgreSQL; writes bench/results.md.

What a look costs that finds nothing, what firing and telling cost beside one raw SQL statement, how late people are told with
two sentries and a worker running, and the supervisors' board. ``--clocks``, ``--minutes`` and ``--runs`` for less.
"""

import argparse
import statistics
from collections.abc import Mapping

from . import house as houses
from . import report

FEW = 10_000


def main() -> None:
    options = _options()
    seconds = 60 * options.minutes
    with houses.standing() as house:
        from .alarms_inside import Clocks

        house.manage("load_promises", "--verbosity", "0")
        clocks = Clocks(house)
        clocks.found_company()
        idle, boards = {}, {}
        for count in (FEW, options.clocks):
            clocks.grow_to(count)
            counted = clocks.count_hours()
            idle[f"{count:,}"], boards[f"{count:,}"] = clocks.idle(options.looks), clocks.board()
        firing = [clocks.fire() for _ in range(options.runs)]
        with clocks.timekeepers():
            late = {
                "1,000 in the same second": clocks.lateness(1000, seconds=0),
                f"200 a second for {seconds / 60:g} minutes": clocks.lateness(int(200 * seconds), seconds=seconds),
            }
        boards["after all that fired"] = clocks.board()
        head = f"{options.clocks:,} open clocks with two alarms each, a tenth as many ended ones; fsync is on, everything on one machine."
        report.write("Time", [head, *_idle_lines(idle), *_firing_lines(firing), *_lateness_lines(late), *_board_lines(boards, counted)])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.alarms", description=__doc__)
    parser.add_argument("--clocks", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--looks", type=int, default=500)
    return parser.parse_args()


def _idle_lines(idle: Mapping[str, Mapping[str, float]]) -> list[str]:
    few, many = idle.values()
    ratios = " | ".join(f"**{many[name] / few[name]:.2f}**" for name in many)
    return [
        "",
        "| open clocks, nothing due | " + " | ".join(few) + " |",
        "|---" * (len(few) + 1) + "|",
        *(f"| {clocks} | " + " | ".join(f"{ms:.2f} ms" for ms in looks.values()) + " |" for clocks, looks in idle.items()),
        f"| times as long (goal: 1.2) | {ratios} |",
        "",
        "A tenth of the looks took at most so long: what they cost when nothing else disturbs the machine.",
        "",
    ]


def _firing_lines(runs: list[Mapping[str, float]]) -> list[str]:
    found = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    return [
        "| 1,000 due alarms | median | of raw |",
        "|---|---|---|",
        *(f"| {name} | {ms:.0f} ms | {ms / found['one raw SQL statement']:.1f} |" for name, ms in found.items()),
        "",
        f"Medians of {len(runs)} runs, raw and sweep in turns. Goals: the sweep at most 2 times the raw statement, sweep and drain under",
        "1 s together. The raw statement writes the same rows as the sweep; telling writes escalation, timeline entry, message and",
        "the next repetition of each.",
    ]


def _lateness_lines(found: Mapping[str, Mapping[str, tuple[float, float, float]]]) -> list[str]:
    rows = [(load, what, late) for load, kinds in found.items() for what, late in kinds.items()]
    return [
        "",
        "| due | | half of them | 99 of 100 | the last |",
        "|---|---|---|---|---|",
        *(f"| {load} | {what} | " + " | ".join(f"{seconds:.3f} s" for seconds in late) + " |" for load, what, late in rows),
        "",
        "From the due moment to the commit that others can see (PostgreSQL's own commit times). Goals: 99 of 100 fired within 0.25 s,",
        "told within 1 s. Two sentries, beat and one Celery worker with two processes run.",
    ]


def _board_lines(boards: Mapping[str, Mapping[str, tuple[float, int]]], counted: float) -> list[str]:
    parts = {cases: [cell for ms, statements in found.values() for cell in (f"{ms:.0f} ms", statements)] for cases, found in boards.items()}
    return [
        "",
        "| cases | the board's live part | statements | the coming hours and today's teams | statements |",
        "|---|---|---|---|---|",
        *(f"| {cases} | " + " | ".join(str(cell) for cell in cells) + " |" for cases, cells in parts.items()),
        "",
        "Median of 20 requests through the view: permission, queries, template. Goals of the live part, which fetches itself every ten",
        "seconds: under 150 ms, a fixed number of statements; the other does every five minutes. Five weeks were counted by the hour in",
        f"{counted:.0f} s, which a job does every night.",
    ]


if __name__ == "__main__":
    main()
