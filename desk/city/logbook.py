"""How far the building got: a small table that is there only while a city is unfinished.

Each chunk is ticked off in the transaction that wrote it, so that a build killed at any moment goes on without
gaps or doubles. Indexes taken down for the time of the build are remembered here too.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.db import connection

from .recipe import Recipe

_TABLE = "city_logbook"


def open_logbook(recipe: Recipe, first_territory: int) -> None:
    """Begin a city; call it in the transaction that makes the reference rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {_TABLE} (kind varchar(10), name varchar(100), value text, PRIMARY KEY (kind, name))")
    note("recipe", "", json.dumps(asdict(recipe), default=str))
    note("base", "territory", str(first_territory))


def is_open() -> bool:
    """Is a city unfinished?"""
    return _TABLE in connection.introspection.table_names()


def recipe() -> Recipe:
    """What the unfinished city is made from."""
    plain = json.loads(_values("recipe")[0][1])
    return Recipe(**{**plain, "start": date.fromisoformat(plain["start"])})


def first_territory() -> int:
    """The key of the first place below the towns."""
    return int(_values("base")[0][1])


def note(kind: str, name: str, value: str = "") -> None:
    """Write one line."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_TABLE} (kind, name, value) VALUES (%s, %s, %s)", [kind, name, value])  # noqa: S608


def cross_out(kind: str, name: str) -> None:
    """Take one line back."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_TABLE} WHERE kind = %s AND name = %s", [kind, name])  # noqa: S608


def chunks_done() -> set[int]:
    """Compounds that are complete."""
    return {int(name) for name, _ in _values("chunk")}


def taken_down() -> Iterable[tuple[str, str]]:
    """Names of indexes and constraints that are down, with the statement that brings each back."""
    return _values("ddl")


def close_logbook() -> None:
    """The city is finished."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {_TABLE}")


def _values(kind: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, value FROM {_TABLE} WHERE kind = %s ORDER BY name", [kind])  # noqa: S608
        return list(cursor.fetchall())
