"""Insert the rows of one act: each as it comes, or all of them with one statement.

Note [One insert]
    A sale writes a dozen rows into nine tables, and asking the database nine times costs more than the rows do. Inside
    ``one_insert`` the rows are put aside; at its end the statements that Django makes for them become parts of one: ``WITH a
    AS (INSERT ...), b AS (INSERT ...) SELECT ...``. Foreign keys are checked at the commit, so the order of the parts does not
    matter; the other constraints speak at the end of the block. SQLite has no such statement: there each row goes in as it comes.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model
from django.db.models.sql import InsertQuery

type Table = type[Model]
type Part = tuple[str, Sequence[Any]]


@dataclass
class _Aside:
    """What waits for the end of a block: rows by table and by whether they have their key, and what is to be done after them."""

    keys: dict[Table, int]
    rows: dict[tuple[Table, bool], list[Model]] = field(default_factory=dict)
    after: list[Callable[[], object]] = field(default_factory=list)


_aside: ContextVar[_Aside | None] = ContextVar("rows_put_aside", default=None)


@contextmanager
def one_insert(*keyed: Table) -> Iterator[None]:
    """Put all rows given to ``insert`` aside, and insert them with one statement at the end of the block, in the caller's transaction.

    Until then no query finds them. ``keyed`` are the tables to which other rows of the block refer: the first row of each has
    its key at once. Where the block raises, nothing was inserted. A block within a block joins it. See Note [One insert].
    """
    if connection.vendor != "postgresql":
        yield
        return
    if (outer := _aside.get()) is not None:
        outer.keys |= _new_keys(keyed)
        yield
        return
    aside = _Aside(_new_keys(keyed))
    token = _aside.set(aside)
    try:
        yield
    finally:
        _aside.reset(token)
    _insert_together(list(aside.rows.values()))
    for call in aside.after:
        call()


def insert[M: Model](*rows: M) -> None:
    """Insert new rows of one table (or none), now or at the end of the surrounding ``one_insert``. Sends no signals."""
    if not rows:
        return
    table, aside = type(rows[0]), _aside.get()
    if aside is None:
        table._default_manager.bulk_create(rows)
        return
    if rows[0].pk is None and table in aside.keys:
        rows[0].pk = aside.keys.pop(table)
    for row in rows:
        aside.rows.setdefault((table, row.pk is not None), []).append(row)


def once_inserted(call: Callable[[], object]) -> None:
    """Do something that needs the rows in the database: now, or at the end of the surrounding ``one_insert``."""
    aside = _aside.get()
    if aside is None:
        call()
    else:
        aside.after.append(call)


def _new_keys(tables: Sequence[Table]) -> dict[Table, int]:
    if not tables:
        return {}
    with connection.cursor() as cursor:
        sequences = [part for table in tables for part in (f'"{table._meta.db_table}"', table._meta.pk.column)]
        cursor.execute(f"SELECT {', '.join(['nextval(pg_get_serial_sequence(%s, %s))'] * len(tables))}", sequences)
        return dict(zip(tables, cursor.fetchone(), strict=True))


def _insert_together(groups: Sequence[Sequence[Model]]) -> None:
    """Each group: rows of one table, all with or all without their keys."""
    if not groups:
        return
    parts = [_part(rows) for rows in groups]
    names = [f"rows_{n}" for n in range(len(parts))]
    inserts = ", ".join(f"{name} (key) AS ({sql})" for name, (sql, _params) in zip(names, parts, strict=True))
    keys = ", ".join(f"ARRAY(SELECT key FROM {name})" for name in names)  # noqa: S608 - names of our own
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {inserts} SELECT {keys}", list(chain.from_iterable(params for _sql, params in parts)))
        for rows, found in zip(groups, cursor.fetchone(), strict=True):
            _note_keys(rows, found)


def _part(rows: Sequence[Model]) -> Part:
    meta = rows[0]._meta
    query = InsertQuery(type(rows[0]))
    columns = [column for column in meta.concrete_fields if not column.generated and (column is not meta.pk or rows[0].pk is not None)]
    query.insert_values(columns, list(rows))
    compiler = query.get_compiler(connection=connections[DEFAULT_DB_ALIAS])  # the thing itself: through the proxy each look costs
    compiler.returning_fields = [meta.pk]
    [(text, values)] = compiler.as_sql()
    return text, values


def _note_keys(rows: Sequence[Model], keys: Sequence[Any]) -> None:
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias
