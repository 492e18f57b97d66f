"""Insert rows by the thousand from plain values.

Note [Plain values]. In a storm most of the time went into making models, only to take them apart again. Here a row maps columns to
values; on PostgreSQL each column goes over as one array, what is the same for all (defaults) once. For our own values: nothing but
the database checks them.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, Field, JSONField, Model, TextField

type Row = Mapping[str, Any]


def insert_plain(table: type[Model], rows: Sequence[Row], *, ignore_conflicts: bool = False) -> list[int]:
    """Insert new rows that all name the same columns (``staff_id``); their keys in that order, none where conflicts are ignored.

    In the caller's transaction, with one statement; columns that are not named have their default. Sends no signals.
    """
    if not rows:
        return []
    if connection.vendor != "postgresql":
        made = table._default_manager.bulk_create([table(**row) for row in rows], ignore_conflicts=ignore_conflicts)
        return [] if ignore_conflicts else [row.pk for row in made]
    sql, values = _statement(table, rows)
    with connection.cursor() as cursor:
        if ignore_conflicts:
            cursor.execute(f"{sql} ON CONFLICT DO NOTHING", values)
            return []
        cursor.execute(f"{sql} RETURNING {connection.ops.quote_name(str(table._meta.pk.column))}", values)
        return [key for (key,) in cursor.fetchall()]


def _statement(table: type[Model], rows: Sequence[Row]) -> tuple[str, list[Any]]:
    quote, named = connection.ops.quote_name, rows[0].keys()
    fields = [field for field in table._meta.concrete_fields if not field.primary_key]
    given = [field for field in fields if field.attname in named]
    others = [field for field in fields if field.attname not in named]
    columns = ", ".join(quote(str(field.column)) for field in (*given, *others))
    arrays = ", ".join(f"%s::{_type(field)}[]" for field in given)
    names = ", ".join(f"c{number}" for number in range(len(given)))
    chosen = ", ".join((names, *(f"%s::{_type(field)}" for field in others)))
    values: list[Any] = [_plain(field, [field.get_default()])[0] for field in others]
    values += [_plain(field, [row[field.attname] for row in rows]) for field in given]
    return f"INSERT INTO {quote(table._meta.db_table)} ({columns}) SELECT {chosen} FROM unnest({arrays}) AS given ({names})", values  # noqa: S608 - names of our own


def _type(field: "Field[Any, Any]") -> str:
    """Without its length: what is too long is to be refused, and a cast would cut it."""
    return str(field.db_type(connection)).partition("(")[0]


def _plain(field: "Field[Any, Any]", values: Sequence[Any]) -> list[Any]:
    if isinstance(field, JSONField):
        return [value if value is None else json.dumps(value, cls=field.encoder) for value in values]
    if isinstance(field, (CharField, TextField)):  # a choice is a text as well, but the driver would send its name
        return [value if value is None or type(value) is str else str(value) for value in values]
    return list(values)
