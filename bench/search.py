"""``python -m bench.search``: the one search box over 1,000,000 accounts on PostgreSQL; ``--accounts N`` for fewer."""

import argparse
import statistics
import time

from . import house, report

_ASKED = {
    "a name of two characters": "王芳",
    "a name of three": "王建国",
    "two characters nobody has": "没有",
    "one character, a surname every tenth bears": "王",
    "two characters of a compound": "开元",
    "a name and a compound": "王芳 开元名都",
    "a building": "3号楼2单元",
    "the end of a number": "0500123",
    "two characters in every address": "临沂",
    "three characters in every address": "山东省",
}
_PARTS = """
    SELECT a.id, a.number, c.name, p.address
    FROM accounts_account a JOIN accounts_customer c ON c.id = a.customer_id JOIN accounts_premises p ON p.id = a.premises_id
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    count = parser.parse_args().accounts
    with house.standing() as home:
        home.psql("accounts.sql", n=count)
        _make_searchable()
        lines = ["| what is typed | | hits shown | median of 9 | slowest |", "|---|---|---|---|---|"]
        lines += [_line(what, text) for what, text in _ASKED.items()]
        report.write("The search box", [f"{count:,} accounts; `accounts.queries.search_accounts`, rows loaded.", "", *lines])


def _make_searchable() -> None:
    from django.db import connection

    from accounts.searching import searchable

    with connection.cursor() as cursor:
        cursor.execute(_PARTS)
        rows = cursor.fetchall()
        cursor.execute("CREATE TEMP TABLE words (id bigint, search text)")
        with cursor.copy("COPY words FROM STDIN") as copy:
            for key, *words in rows:
                copy.write_row((key, searchable(words)))
        cursor.execute("UPDATE accounts_account a SET search = w.search FROM words w WHERE w.id = a.id")
        cursor.execute("VACUUM ANALYZE accounts_account")


def _line(what: str, text: str) -> str:
    import accounts.queries

    times, found = [], 0
    for _ in range(10):
        began = time.perf_counter()
        found = len(accounts.queries.search_accounts(text))
        times.append(1000 * (time.perf_counter() - began))
    warm = times[1:]
    return f"| {what} | {text} | {found} | {statistics.median(warm):.0f} ms | {max(warm):.0f} ms |"


if __name__ == "__main__":
    main()
