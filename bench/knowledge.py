"""``python -m bench.knowledge``: the search of the knowledge base, recall on questions and time at 50,000 articles, on both databases."""

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

_GOALS = {"PostgreSQL": 50, "SQLite": 100}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--languages", nargs="+", default=["en", "zh-hans", "ru"])
    given = parser.parse_args()
    found = [_measured("SQLite", "", given.articles, language) for language in given.languages]
    for language in given.languages:
        with postgres.running() as server:
            found.append(_measured("PostgreSQL", server.url, given.articles, language))
    report.write("The knowledge base", _lines(found, given.articles))


def _measured(name: str, url: str, articles: int, language: str) -> dict[str, Any]:
    """By a process of its own: a process knows one database."""
    with tempfile.TemporaryDirectory(prefix="pilotlight-bench-") as var:
        keys = {"SECRET_KEY": secrets.token_hex(40), "FIELD_KEY": Fernet.generate_key().decode(), "PILOTLIGHT_VAR": var}
        environment = {**os.environ, **keys, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(house.ROOT)}
        environment.pop("DATABASE_URL", None)
        if url:
            environment["DATABASE_URL"] = url
        command = [sys.executable, "-m", "bench.knowledge_inside", str(articles), language]
        answer = subprocess.run(command, cwd=house.ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return {"database": name, "language": language, **json.loads(answer.splitlines()[-1])}


def _lines(found: Sequence[dict[str, Any]], articles: int) -> list[str]:
    lines = [
        f"{articles:,} articles in one language, {found[0]['asked']} to {max(one['asked'] for one in found)} questions of customers"
        " (data/knowledge/questions.json) asked one after another; `notices.queries.knowledge.find`, five hits, rows loaded.",
        "Recall is that of the delivered articles alone, before the others came.",
        "",
        "| database | language | recall@5 | first | postings | median | 95 of 100 | slowest | goal |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        times = " | ".join(f"{one[name]:.0f} ms" for name in ("median", "most", "slowest"))
        shares = f"{one['recall']:.3f} | {one['first']:.3f}"
        goal = _GOALS[one["database"]]
        lines.append(f"| {one['database']} | {one['language']} | {shares} | {one['postings']:,} | {times} | {goal} ms |")
    return lines


if __name__ == "__main__":
    main()
