"""Write a batch of good rows with its history: customers, phones, doors, accounts, meters, cards."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Model

from accounts.actors import Actor
from accounts.clock import business_midnight

from ... import addresses, models, sealing
from ...importing import Row
from ..search_text import search_text
from .known import Known
from .places import Places


def write(rows: Sequence[Row], places: Places, known: Known, *, by: Actor, at: datetime) -> None:
    """Rows that were checked against ``known``, in the caller's transaction."""
    keep = _Keeper(by, at)
    customers = _customers(rows, known, keep)
    _phones(rows, customers, keep)
    doors = _doors(rows, places, known, keep)
    accounts = _accounts(rows, customers, doors, keep)
    meters = _meters(rows, accounts, keep)
    _cards(rows, accounts, meters, keep)


class _Keeper:
    """Inserts with history, in somebody's name."""

    def __init__(self, by: Actor, at: datetime) -> None:
        self.user = by if isinstance(by, models.User) else None
        self.reason, self.at = by.actor_label, at

    def all[M: Model](self, model: type[M], rows: Sequence[M]) -> list[M]:
        if not rows:
            return []
        kept = list(model._default_manager.bulk_create(rows))
        self._remember(model, [row.pk for row in kept])
        return kept

    def _remember(self, model: type[Model], keys: Sequence[int]) -> None:
        # What simple-history writes for new rows, copied inside the database: row by row it took half the run.
        quote, history = connection.ops.quote_name, model.history.model  # type: ignore[attr-defined]
        own = {field.column for field in model._meta.concrete_fields}
        columns = ", ".join(quote(field.column) for field in history._meta.concrete_fields if field.column in own)
        into = f"{columns}, history_type, history_date, history_change_reason, history_user_id"
        marks = ", ".join(["%s"] * len(keys))
        values = ["+", connection.ops.adapt_datetimefield_value(self.at), self.reason, self.user.pk if self.user else None]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {quote(history._meta.db_table)} ({into}) "  # noqa: S608 - names come from our own models
                f"SELECT {columns}, %s, %s, %s, %s FROM {quote(model._meta.db_table)} WHERE {quote('id')} IN ({marks})",
                [*values, *keys],
            )


def _customers(rows: Sequence[Row], known: Known, keep: _Keeper) -> list[models.Customer]:
    """The customer of each row: one per identity number, a new one for every row without."""
    by_key: dict[str, models.Customer] = dict(known.holders)
    keys = [known.digests.get(row.line) or f"line {row.line}" for row in rows]
    new = []
    for key, row in zip(keys, rows, strict=True):
        if key not in by_key:
            by_key[key] = _customer(row, known.digests.get(row.line, ""), keep.at)
            new.append(by_key[key])
    keep.all(models.Customer, new)
    return [by_key[key] for key in keys]


def _customer(row: Row, digest: str, at: datetime) -> models.Customer:
    number = row["identity_number"]
    return models.Customer(
        kind=row["customer_kind"],
        name=row["customer_name"],
        segment=row["segment"],
        language=row["language"],
        id_number_sealed=sealing.seal(number) if number else "",
        id_number_digest=digest,
        id_number_tail=number[-4:],
        created_at=at,
    )


def _phones(rows: Sequence[Row], customers: Sequence[models.Customer], keep: _Keeper) -> None:
    present: dict[int, set[str]] = {customer.pk: set() for customer in customers}
    for pk, number in models.Phone.objects.filter(customer__in=present).values_list("customer_id", "number"):
        present[pk].add(str(number))
    new = []
    for row, customer in zip(rows, customers, strict=True):
        numbers = present[customer.pk]
        if row["phone"] and row["phone"] not in numbers:
            new.append(models.Phone(customer_id=customer.pk, number=row["phone"], is_primary=not numbers))
            numbers.add(row["phone"])
    keep.all(models.Phone, new)


def _doors(rows: Sequence[Row], places: Places, known: Known, keep: _Keeper) -> list[models.Premises]:
    doors = []
    for row in rows:
        address = addresses.written([*(name for _level, name in row.places), row["door"]])
        doors.append(models.Premises(pk=known.premises_of(row), territory_id=places.made(row), door=row["door"], address=address))
    keep.all(models.Premises, [door for door in doors if door.pk is None])
    return doors


def _accounts(
    rows: Sequence[Row], customers: Sequence[models.Customer], doors: Sequence[models.Premises], keep: _Keeper
) -> list[models.Account]:
    new = []
    for row, customer, door in zip(rows, customers, doors, strict=True):
        account = models.Account(
            number=row["account_number"],
            customer=customer,
            premises=door,
            use_kind=row["use_kind"],
            price_class=row["price_class"],
            status="frozen" if row["frozen_reason"] else "open",
            frozen_reason=row["frozen_reason"],
            opened_at=business_midnight(row["opened_on"]),
        )
        cards = [row["card_number"]] if row["card_number"] else []
        account.search = search_text(account, [row["phone"]] if row["phone"] else [], cards)
        new.append(account)
    return keep.all(models.Account, new)


def _meters(rows: Sequence[Row], accounts: Sequence[models.Account], keep: _Keeper) -> dict[int, models.Meter]:
    """Meters by line."""
    lines, new = [], []
    for row, account in zip(rows, accounts, strict=True):
        if row["meter_serial"]:
            lines.append(row.line)
            new.append(
                models.Meter(
                    account=account,
                    kind=row["meter_kind"],
                    serial=row["meter_serial"],
                    maker=row["meter_maker"],
                    model=row["meter_model"],
                    installed_at=business_midnight(row["meter_installed_on"] or row["opened_on"]),
                    use_until=row["meter_use_until"],
                )
            )
    return dict(zip(lines, keep.all(models.Meter, new), strict=True))


def _cards(rows: Sequence[Row], accounts: Sequence[models.Account], meters: dict[int, models.Meter], keep: _Keeper) -> None:
    new = [
        models.GasCard(
            number=row["card_number"],
            account=account,
            meter=meters[row.line],
            counter=row["card_counter"],
            cumulative_litres=row["card_volume_m3"],
            password=row["card_password"],
            issued_at=business_midnight(row["opened_on"]),
        )
        for row, account in zip(rows, accounts, strict=True)
        if row["card_number"]
    ]
    keep.all(models.GasCard, new)
