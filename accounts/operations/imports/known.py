"""What the database already says about a batch of rows: the same, something else, or nothing."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.clock import business_midnight

from ... import models, sealing
from ...importing import Row
from .places import Places


class Known:
    """Everything a batch could collide with, read in a handful of queries."""

    def __init__(self, rows: Sequence[Row], places: Places) -> None:
        self._places = places
        wanted = [row["account_number"] for row in rows]
        self.accounts = {
            account.number: account for account in models.Account.objects.filter(number__in=wanted).select_related("customer", "premises")
        }
        self.cards = dict(
            models.GasCard.objects.filter(number__in=[row["card_number"] for row in rows if row["card_number"]]).values_list(
                "number", "account__number"
            )
        )
        self.meters = dict(
            models.Meter.objects.filter(serial__in=[row["meter_serial"] for row in rows if row["meter_serial"]]).values_list(
                "serial", "account__number"
            )
        )
        self.digests = {row.line: sealing.digest(row["identity_number"]) for row in rows if row["identity_number"]}
        holders = models.Customer.objects.filter(id_number_digest__in=set(self.digests.values()))
        self.holders = {customer.id_number_digest: customer for customer in holders}
        self.doors = self._doors(rows)
        known = models.Phone.objects.filter(customer__in={account.customer_id for account in self.accounts.values()}).values_list(
            "customer_id", "number"
        )
        self.phones = {(customer, str(number)) for customer, number in known}

    def is_same(self, row: Row) -> bool:
        """Taken over before, and nothing of it differs."""
        account = self.accounts.get(row["account_number"])
        return account is not None and self._agrees(row, account)

    def fault(self, row: Row) -> tuple[str, str] | None:
        """Why a row cannot be written, as column and reason."""
        number = row["account_number"]
        if number in self.accounts:
            return "account_number", _("is known with other data")
        if row["card_number"] in self.cards:
            return "card_number", _("belongs to another account")
        if row["meter_serial"] in self.meters:
            return "meter_serial", _("hangs at another account")
        _premises, living = self.doors.get(self._door(row), (None, None))
        if living:
            return "door", _("has a living account already")
        holder = self.holders.get(self.digests.get(row.line, ""))
        if holder is not None and holder.name != row["customer_name"]:
            return "identity_number", _("belongs to a customer with another name")
        return None

    def premises_of(self, row: Row) -> int | None:
        """The door, if it is registered."""
        return self.doors.get(self._door(row), (None, None))[0]

    def _agrees(self, row: Row, account: models.Account) -> bool:
        # Segment, language and the meter's plate are not compared: they may have been put right here since.
        door = self.doors.get(self._door(row), (None, None))
        return (
            account.customer.name == row["customer_name"]
            and account.price_class == row["price_class"]
            and account.use_kind == row["use_kind"]
            and account.opened_at == business_midnight(row["opened_on"])
            and self.digests.get(row.line, account.customer.id_number_digest) == account.customer.id_number_digest
            and (not row["phone"] or (account.customer_id, row["phone"]) in self.phones)
            and door[0] == account.premises_id
            and self.cards.get(row["card_number"], row["account_number"]) == row["account_number"]
            and bool(row["card_number"]) == (row["card_number"] in self.cards)
            and self.meters.get(row["meter_serial"], row["account_number"]) == row["account_number"]
            and bool(row["meter_serial"]) == (row["meter_serial"] in self.meters)
        )

    def _door(self, row: Row) -> tuple[int | None, str]:
        return self._places.key(row), row["door"]

    def _doors(self, rows: Sequence[Row]) -> dict[tuple[int | None, str], tuple[int | None, str | None]]:
        keys = {key for row in rows if (key := self._places.key(row)) is not None}
        found = models.Premises.objects.filter(territory__in=keys, door__in={row["door"] for row in rows})
        doors: dict[tuple[int | None, str], tuple[int | None, str | None]] = {
            (territory, door): (pk, None) for pk, territory, door in found.values_list("pk", "territory_id", "door")
        }
        living = models.Account.objects.filter(premises__in=[pk for pk, _none in doors.values() if pk]).exclude(status="closed")
        for number, territory, door, pk in living.values_list("number", "premises__territory_id", "premises__door", "premises_id"):
            doors[territory, door] = (pk, number)
        return doors
