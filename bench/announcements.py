"""``python -m bench.announcements``: announcing to 100,000 customers beside one raw INSERT ... SELECT, on both databases.

Each run owes the messages twice in turns, by the product and by hand-written SQL into the same table, then sends some through a gateway
that fails every tenth, and calls the rest off. ``--customers``, ``--sent`` and ``--runs`` for less.
"""

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet

from . import house, postgres, report


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.announcements", description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--sent", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    counts = [str(given.customers), str(given.sent), str(given.runs)]
    with postgres.running() as server:
        found = [_measured("PostgreSQL", server.url, counts)]
    found.append(_measured("SQLite", "", counts))
    report.write("Announcements", _lines(found, given.customers, given.sent, given.runs))


def _measured(name: str, url: str, counts: Sequence[str]) -> dict[str, Any]:
    """By a process of its own: a process knows one database."""
    with tempfile.TemporaryDirectory(prefix="pilotlight-bench-") as var:
        keys = {"SECRET_KEY": secrets.token_hex(40), "FIELD_KEY": Fernet.generate_key().decode(), "PILOTLIGHT_VAR": var}
        environment = {**os.environ, **keys, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(house.ROOT)}
        environment |= {"SMS_GATEWAY_URL": "http://127.0.0.1:9", "SMS_GATEWAY_KEY": "never called"}
        environment.pop("DATABASE_URL", None)
        if url:
            environment["DATABASE_URL"] = url
        command = [sys.executable, "-m", "bench.announcements_inside", *counts]
        answer = subprocess.run(command, cwd=house.ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    print(answer, flush=True)
    return {"database": name, **json.loads(answer.splitlines()[-1])}


def _lines(found: Sequence[dict[str, Any]], customers: int, sent: int, runs: int) -> list[str]:
    lines = [
        f"{customers:,} customers with a phone each, one in a hundred VIP; medians of {runs} runs in turns into the same table, emptied",
        "before each. Ours is the whole release: both INSERT ... SELECT, the move, its events and clocks.",
        "",
        "| database | ours | raw INSERT ... SELECT | ratio (goal: 3) | each run | counted for the preview |",
        "|---|---|---|---|---|---|",
    ]
    for one in found:
        each = ", ".join(f"{ratio:.2f}" for ratio in one["ratios"])
        lines.append(
            f"| {one['database']} | {one['ours']:.2f} s | {one['raw']:.2f} s | **{one['ratio']:.2f}** | {each} | {one['count']:.0f} ms |"
        )
    lines += [
        "",
        f"Then its VIP customers' messages ({sent:,} at most) sent by one sender through a gateway that fails every tenth first try, as",
        "many of the others' through one that takes a tenth of a second for each, and called off with the rest owed.",
        "",
        "| database | sent | tries | keys tried twice | taken twice | a second | a second, slow gateway | memory before, after | called off"
        " | rest given up |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        lines.append(
            f"| {one['database']} | {one['sent']:,} | {one['tries']:,} | {one['repeated']:,} | {one['doubled']} | {one['rate']:.0f} |"
            f" {one['slow']:.0f} | {one['before']:.0f}, {one['after']:.0f} MB | {one['cancel']:.0f} ms |"
            f" {one['given_up']:,} in {one['clear']:.1f} s |"
        )
    return lines


if __name__ == "__main__":
    main()
