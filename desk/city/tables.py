"""Rows as plain tuples, one shape per table, ready for COPY on PostgreSQL and executemany on SQLite.

Values are what both databases read alike: str, number or None; moments are UTC texts, days ISO texts, JSON is text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from random import Random

from django.db import connection, models

import accounts.models as people
import billing.models as money

from .recipe import Recipe

type Value = str | int | float | None
type Row = tuple[Value, ...]


@dataclass(frozen=True)
class Table:
    """A model's table, the columns that rows give, and its other columns with their defaults."""

    model: type[models.Model]
    given: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def columns(self) -> list[str]:
        """All columns, the given ones first."""
        fields = {field.name: str(field.column) for field in self.model._meta.local_concrete_fields}
        return [fields[name] for name in self.given] + [str(field.column) for field in self._others]

    @cached_property
    def rest(self) -> Row:
        """What stands in the other columns of every row."""
        return tuple(None if field.null else field.get_db_prep_save(field.get_default(), connection) for field in self._others)

    @property
    def _others(self) -> list["models.Field[object, object]"]:
        return [field for field in self.model._meta.local_concrete_fields if field.name not in self.given]


def _table(model: type[models.Model], given: str) -> Table:
    return Table(model, tuple(given.split()))


TERRITORY = _table(people.Territory, "id parent level name path latitude longitude")
CUSTOMER = _table(
    people.Customer,
    "id kind name segment is_vulnerable language channel id_number_sealed id_number_digest id_number_tail created_at",
)
PHONE = _table(people.Phone, "id customer number is_primary")
PRIORITY = _table(people.PriorityEntry, "id customer ground evidence since until")
PREMISES = _table(people.Premises, "id territory door address")
ACCOUNT = _table(people.Account, "id number customer premises use_kind price_class status frozen_reason opened_at search")
METER = _table(people.Meter, "id account kind serial maker model cap_litres installed_at use_until removed_at residual_litres")
CARD = _table(people.GasCard, "id number account meter status counter password cumulative_litres issued_at ended_at")
ALLOWANCE = _table(money.Allowance, "id account kind persons litres_per_month proof valid_from valid_until granted_at granted_by")
TOP_UP = _table(
    money.TopUp,
    "id reference account meter card channel status litres amount lines tariff_version tier_year bought_on counter paid_at written_at",
)
PAYMENT = _table(money.Payment, "id top_up method amount tendered slip at")
RECEIPT = _table(money.Receipt, "id hall year number code kind top_up amount facts issued_at")
POSTING = _table(money.Posting, "id kind at by top_up")
ENTRY = _table(money.Entry, "id posting book amount account")

#: In the order in which foreign keys want them.
PEOPLE = (TERRITORY, CUSTOMER, PHONE, PRIORITY, PREMISES, ACCOUNT, METER, CARD, ALLOWANCE)
MONEY = (TOP_UP, PAYMENT, RECEIPT, POSTING, ENTRY)
ALL = PEOPLE + MONEY


class Rows:
    """The rows of one chunk, table by table."""

    def __init__(self) -> None:
        self.of: dict[str, list[Row]] = {table.name: [] for table in ALL}

    def add(self, table: Table, *values: Value) -> None:
        """One row; the values of the given columns, in their order."""
        self.of[table.name].append(values)

    def filled(self, table: Table) -> Iterable[Row]:
        """The rows with all columns."""
        rest = table.rest
        return (row + rest for row in self.of[table.name]) if rest else self.of[table.name]


@dataclass(frozen=True)
class Scribe:
    """Who writes the rows of one compound: onto which sheets, by which recipe, with which luck."""

    rows: Rows
    recipe: Recipe
    rng: Random

    def add(self, table: Table, *values: Value) -> None:
        """One row; the values of the given columns, in their order."""
        self.rows.add(table, *values)


def moment(seconds: int) -> str:
    """A moment as both databases read it (their sessions are in UTC)."""
    return str(datetime.fromtimestamp(seconds, UTC))[:19]
