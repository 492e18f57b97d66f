"""Insert the rows of one act: each as it comes, or all of them with one statement.

Note [One insert]
    A sale writes a dozen rows into nine tables, and asking the database nine times costs more than the rows do. Inside
    ``one_insert`` the rows are put aside; at its end they become parts of one statement that we put together ourselves: ``WITH a
    AS (INSERT ...), b AS (INSERT ...) SELECT ...``. What some fields do just before they are saved (``auto_now``, files) is
    not done; no table of such a block has one. Foreign keys are checked at the commit, so the order of the parts does not
    matter; the other constraints speak at the end of the block. SQLite has no such statement: there each row goes in as it comes.

Note [A row put aside is changed in memory]
    Until the end of the block nobody else can have seen it. So what writes a row with the columns it was read with (``amend``, the
    head of a timeline) asks ``is_put_aside`` first: then it need only set the attributes, and they are inserted as they are in the end.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import Model

type Table = type[Model]
type Part = tuple[str, Sequence[Any]]


@dataclass
class _Aside:
    """What waits for the end of a block: rows by table and by whether they have their key, and what is to be done after them."""

    keys: dict[Table, int]
    rows: dict[tuple[Table, bool], list[Model]] = field(default_factory=dict)
    after: dict[Callable[..., object], list[Any]] = field(default_factory=dict)


_aside: ContextVar[_Aside | None] = ContextVar("rows_put_aside", default=None)


@contextmanager
def one_insert(*keyed: Table) -> Iterator[None]:
    """Put all rows given to ``insert`` aside, and insert them with one statement at the end of the block, in the caller's transaction.

    Until then no query finds them. ``keyed`` are the tables to which other rows of the block refer: the first row of each has
    its key at once. Where the block raises, nothing was inserted. A block within a block joins it, and uses keys that are left.
    See Note [One insert] and Note [A row put aside is changed in memory].
    """
    if connection.vendor != "postgresql":
        yield
        return
    if (outer := _aside.get()) is not None:
        outer.keys |= _new_keys([table for table in keyed if table not in outer.keys])
        yield
        return
    aside = _Aside(_new_keys(keyed))
    token = _aside.set(aside)
    try:
        yield
    finally:
        _aside.reset(token)
    _insert_together(list(aside.rows.values()))
    for call, things in aside.after.items():
        call(*things)


@contextmanager
def together() -> Iterator[None]:
    """A transaction; inside of ``one_insert`` without a savepoint of its own, which would have nothing to undo: rows wait for the end."""
    if _aside.get() is not None:
        yield
        return
    with transaction.atomic():
        yield


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


def is_put_aside(row: Model) -> bool:
    """Whether a row waits for the end of the surrounding ``one_insert``. See Note [A row put aside is changed in memory]."""
    aside = _aside.get()
    return aside is not None and any(row is one for one in aside.rows.get((type(row), row.pk is not None), ()))


def once_inserted(call: Callable[..., object], *things: Any) -> None:
    """Do something that needs the rows in the database: now, or at the end of the surrounding ``one_insert``, once with all its things."""
    aside = _aside.get()
    if aside is None:
        call(*things)
    else:
        aside.after.setdefault(call, []).extend(things)


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
    """One INSERT of plain values, prepared by their fields; columns in which no row has anything are left out."""
    aliased = connections[DEFAULT_DB_ALIAS]  # the thing itself: through the proxy each look costs
    table, quote, filled = rows[0]._meta, connection.ops.quote_name, dict[str, list[Any]]()
    for column in table.concrete_fields:
        values = [] if column.generated else [column.get_db_prep_save(column.value_from_object(row), connection=aliased) for row in rows]
        if any(value is not None for value in values):
            filled[quote(str(column.column))] = values
    lines = ", ".join([f"({', '.join(['%s'] * len(filled))})"] * len(rows))
    into = f"{quote(table.db_table)} ({', '.join(filled)})"
    text = f"INSERT INTO {into} VALUES {lines} RETURNING {quote(str(table.pk.column))}"  # noqa: S608 - names of our own
    return text, [value for row in zip(*filled.values(), strict=True) for value in row]


def _note_keys(rows: Sequence[Model], keys: Sequence[Any]) -> None:
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias
