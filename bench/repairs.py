"""``python -m bench.repairs``: from a report over the API to the crew that is told, on PostgreSQL; writes bench/results.md.

Reports at an even pace and all at once, through gunicorn, worker and sentries as production runs them; then the dispatch board with
many open jobs, and a crew's phone that sends what it did without signal. ``--seconds``, ``--burst`` and ``--jobs`` for less.
"""

import argparse

from . import house as houses
from . import report, servers

PACE = 20


def main() -> None:
    options = _options()
    with houses.standing() as house:
        house.manage("collectstatic", "--noinput", "--verbosity", "0")
        house.manage("load_promises", "--verbosity", "0")
        house.manage("build_city", "--accounts", str(options.accounts))
        from .repairs_inside import Reports, board_ms, grow_to, sync_ms

        with servers.gunicorn(house.environment) as port:
            reports = Reports(house, port)
            with reports.timekeepers():
                paced = reports.lateness(PACE * options.seconds, seconds=options.seconds)
                burst = reports.lateness(options.burst, seconds=0)
            synced = sync_ms(port)
        grow_to(options.jobs)
        boards = board_ms()
    rows = {f"{PACE} a second for {options.seconds} s": paced, f"{options.burst} at once": burst}
    lines = [
        f"{options.accounts:,} accounts, four crews; every report is a leak, an emergency, and offered by itself. Seconds from the moment",
        "the report was to be sent until the visible commit of the message to the crew; client, server and database share the machine.",
        "",
        "| reports | answered | told | half | 99 of 100 | the last |",
        "|---|---|---|---|---|---|",
        *(
            f"| {what} | {one.answered} | {one.told} | {one.half:.2f} s | {one.most:.2f} s | {one.last:.2f} s |"
            for what, one in rows.items()
        ),
        "",
        f"Goals: 99 of 100 under 2 s at {PACE} a second, none lost of the burst.",
        "",
        f"With {options.jobs:,} open jobs: " + "; ".join(f"{name} {ms:.0f} ms, {count} statements" for name, (ms, count) in boards.items()),
        f"(medians of 20; goal: 200 ms). A phone's 50 deeds at once: {synced:.0f} ms (goal: 2,000 ms).",
    ]
    report.write("Repairs", lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.repairs", description=__doc__)
    parser.add_argument("--accounts", type=int, default=2_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--burst", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=5_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
