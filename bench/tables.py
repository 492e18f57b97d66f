"""The helper table of bench/sql/cards.sql."""

from django.db import connection


def card_ids() -> list[int]:
    """Cards in use, in pgbench's order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT card_id FROM bench_card ORDER BY n")
        return [row[0] for row in cursor.fetchall()]
