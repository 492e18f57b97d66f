"""Rows into the database as fast as it takes them: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from . import logbook
from .tables import ALL, Row, Rows, Table

#: Below this a city is written with all indexes in place: bringing them back would take longer.
MANY_ACCOUNTS = 20_000

#: Foreign keys first, they lean on the others; those of other tables too, they lean on our primary keys.
_CONSTRAINTS = """
    SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid), contype FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'u', 'p')
      AND (conrelid::regclass::text = ANY(%s) OR contype = 'f' AND confrelid::regclass::text = ANY(%s))
    ORDER BY contype <> 'f'
"""
_INDEXES = """
    SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)
      AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


def write_chunk(number: int, rows: Rows) -> None:
    """One compound and its tick in the logbook, both or neither."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # A crash may lose the last chunks, but each with its tick: nothing is half there.
            connection.cursor().execute("SET LOCAL synchronous_commit = off")
        for table in ALL:
            if rows.of[table.name]:
                (_copy if connection.vendor == "postgresql" else _insert)(table, rows)
        logbook.note("chunk", str(number))


def _insert(table: Table, rows: Rows) -> None:
    marks = ", ".join(["%s"] * len(table.columns))
    names = ", ".join(f'"{column}"' for column in table.columns)
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', list(rows.filled(table)))  # noqa: S608


def _copy(table: Table, rows: Rows) -> None:
    names = ", ".join(f'"{column}"' for column in table.columns)
    text = "\n".join(map(_line, rows.filled(table))) + "\n"
    with connection.cursor() as cursor, cursor.cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        copy.write(text)


def _line(row: Row) -> str:
    # Nothing we write holds a tab or a line break; a backslash only JSON may hold.
    line = "\t".join(["\0" if value is None else str(value) for value in row])
    return line.replace("\\", "\\\\").replace("\0", "\\N")


@contextmanager
def foreign_keys_later() -> Iterator[None]:
    """SQLite looks every key up as it is written; one look at the end is the same proof and far cheaper."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.disable_constraint_checking()
    try:
        yield
    finally:
        connection.enable_constraint_checking()
    connection.check_constraints()


def take_indexes_down() -> None:
    """PostgreSQL: foreign keys, unique constraints, primary keys and indexes, each noted before it goes."""
    if connection.vendor != "postgresql":
        return
    tables = [table.name for table in ALL]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS, [tables, tables])
        for name, table, definition, kind in cursor.fetchall():
            place = "2" if kind == "f" else "1"
            logbook.note("ddl", f"{place}{name}", f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        cursor.execute(_INDEXES, [tables])
        for name, definition in cursor.fetchall():
            logbook.note("ddl", f"1{name}", definition)
            cursor.execute(f'DROP INDEX "{name}"')


def indexes_down() -> list[tuple[str, str]]:
    """What has to be brought back: indexes first, then the foreign keys that need them."""
    return sorted(logbook.taken_down())


def bring_back(name: str, statement: str) -> None:
    """One index or constraint, and its line crossed out, both or neither."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        cursor.execute("SET LOCAL max_parallel_maintenance_workers = 2")
        cursor.execute(statement)
        logbook.cross_out("ddl", name)
