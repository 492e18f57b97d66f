"""bench/results.md: one section a benchmark, written anew by each, with machine and date."""

import os
import platform
import re
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results.md"
_HEAD = (
    "# Results\n\nWritten by the benchmarks themselves; each names its machine and day: `python -m bench.NAME`, where NAME is alarms,\n"
    "announcements, bulk, knowledge, repairs, search, tickets or top_up.\n"
)


def write_top_up(figures: Any, *, queries: Any, paper_ms: tuple[float, float], seconds: float) -> None:
    """The section of bench.top_up."""
    lines = ["| what | clients | " + " | ".join(f"run {n}" for n in range(1, _runs(figures) + 1)) + " | median | of (a) | of (b) |"]
    lines.append("|---" * (_runs(figures) + 5) + "|")
    for (name, clients), runs in figures.runs.items():
        of = [figures.median(name, clients) / figures.median(floor, clients) for floor in ("plain SQL", "bare view")]
        cells = [f"{run.per_second:.0f}/s, {run.median_ms:.0f} ms" for run in runs]
        lines.append(
            f"| {_LABELS[name]} | {clients} | {' | '.join(cells)} | {figures.median(name, clients):.0f}/s | {of[0]:.2f} | {of[1]:.2f} |"
        )
    lines += [
        "",
        "A top-up is what a reader bridge does: sale with the card's image, then the result of the write (two requests, two",
        "transactions, sign-in, roles, all checks, hash chain, stored answer). The bare view writes the same rows in two requests and",
        "two transactions as well (rows counted on both sides), table by table as the ORM does, without sign-in, middleware or",
        "checks; plain SQL is pgbench on the same tables, without HTTP.",
        "Milliseconds are the median round (pgbench: mean).",
        f"Each stretch lasts {seconds:.0f} s; clients, server and database share the machine; fsync is on.",
        "",
        f"Statements per top-up over the API: **{queries.sale + queries.result}** (goal: at most 20), {queries.sale} for the sale and "
        f"{queries.result} for the result, looking up caller and rights included; {queries.operation} in the operation alone "
        f"(`sell_and_write`); {queries.bare_sale} and {queries.bare_result} in the bare view.",
        f"A receipt's PDF: {paper_ms[0]:.0f} ms for a process's first, then {paper_ms[1]:.0f} ms.",
    ]
    write("A counter top-up over HTTP", lines)


_LABELS = {
    "top-up": "**top-up**",
    "quote and top-up": "quote and top-up (three requests)",
    "plain SQL": "(a) plain SQL",
    "bare view": "(b) bare REST framework view",
}


def _runs(figures: Any) -> int:
    return max(len(runs) for runs in figures.runs.values())


def write(title: str, lines: Iterable[str]) -> None:
    """Put a section in place of the one with the same title, and print it."""
    section = "\n".join([f"## {title}", "", machine(), "", *lines, ""])
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else _HEAD
    others = [part for part in re.split(r"(?m)^(?=## )", old) if not part.startswith(f"## {title}\n")]
    RESULTS.write_text("\n".join([part.rstrip() + "\n" for part in others] + [section]), encoding="utf-8")
    print(section)


def machine() -> str:
    """What it ran on."""
    cpu = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    memory = next((int(line.split()[1]) // 1_000_000 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    said = subprocess.run(["psql", "--version"], capture_output=True, text=True, check=False).stdout
    postgres = match[0] if (match := re.search(r"\d+\.\d+", said)) else "?"
    day = datetime.now(UTC).date()
    load = os.getloadavg()[2]
    where = f"{os.cpu_count()} cores ({cpu}), {memory} GB, Python {platform.python_version()}, PostgreSQL {postgres}"
    return f"{day}: {where}, load of the last 15 minutes {load:.1f}."


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
