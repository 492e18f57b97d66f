"""What the API shows of people and places. Personal data is masked; who only pays sees nothing of the household."""

from collections.abc import Callable
from functools import cache
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from .. import masking, models


def shown(kind: Callable[[], Any], thing: Any) -> Any:
    """What a serializer says of a thing. Its fields are made once for a process: making them costs more than using them."""
    return _serializer(kind).to_representation(thing)


@cache
def _serializer(kind: Callable[[], Any]) -> Any:
    return kind()


class MeterOutput(serializers.ModelSerializer[models.Meter]):
    """The meter in use. `cap_litres` is the most it takes at once (null: no bound)."""

    class Meta:
        model = models.Meter
        fields = ["serial", "kind", "maker", "model", "cap_litres", "installed_at", "use_until"]


class CardOutput(serializers.ModelSerializer[models.GasCard]):
    """The card in use. `counter` is the purchase counter we believe is on it."""

    class Meta:
        model = models.GasCard
        fields = ["number", "status", "counter", "cumulative_litres", "issued_at"]


class AccountOutput(serializers.ModelSerializer[models.Account]):
    """An account in a list."""

    name = serializers.SerializerMethodField(help_text="of the customer, masked: 李*")
    address = serializers.SerializerMethodField(help_text="empty for those who only pay for the account")

    class Meta:
        model = models.Account
        fields = ["number", "status", "use_kind", "price_class", "name", "address", "opened_at"]

    def get_name(self, account: models.Account) -> str:
        return masking.mask_name(account.customer.name)

    def get_address(self, account: models.Account) -> str:
        return account.premises.address if _is_household(account) else ""


class AccountDetailOutput(AccountOutput):
    """An account with what is installed and issued."""

    phones = serializers.SerializerMethodField(help_text="masked: **** 8000; none for those who only pay")
    frozen_reason = serializers.SerializerMethodField(help_text="empty for those who only pay")
    meter = serializers.SerializerMethodField()
    card = serializers.SerializerMethodField()

    class Meta(AccountOutput.Meta):
        fields = [*AccountOutput.Meta.fields, "phones", "frozen_reason", "meter", "card"]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_phones(self, account: models.Account) -> list[str]:
        return [masking.mask_phone(str(phone.number)) for phone in account.customer.phones.all()] if _is_household(account) else []

    def get_frozen_reason(self, account: models.Account) -> str:
        return account.frozen_reason if _is_household(account) else ""

    @extend_schema_field(MeterOutput(allow_null=True))
    def get_meter(self, account: models.Account) -> Any:
        meter = next((meter for meter in account.meters.all() if meter.removed_at is None), None)
        return MeterOutput(meter).data if meter else None

    @extend_schema_field(CardOutput(allow_null=True))
    def get_card(self, account: models.Account) -> Any:
        card = next((card for card in account.cards.all() if card.status == models.GasCard.Status.ACTIVE), None)
        return CardOutput(card).data if card else None


def _is_household(account: models.Account) -> bool:
    # Only accounts read for a customer say so (queries.bound_accounts); staff see all.
    return bool(getattr(account, "is_household", True))


class AccountsOutput(serializers.Serializer[Any]):
    """Accounts that fit."""

    results = AccountOutput(many=True)


class HoursOutput(serializers.ModelSerializer[models.HallHours]):
    """One window of the week, in the operator's time zone; Monday is 0."""

    class Meta:
        model = models.HallHours
        fields = ["weekday", "opens", "closes"]


class HallOutput(serializers.ModelSerializer[models.Hall]):
    """A place where customers are served."""

    hours = HoursOutput(many=True)

    class Meta:
        model = models.Hall
        fields = ["code", "kind", "name", "address", "phone", "hours"]


class HallsOutput(serializers.Serializer[Any]):
    """All halls."""

    results = HallOutput(many=True)


class TokenOutput(serializers.ModelSerializer[models.AccessToken]):
    """A device's token, without the token itself."""

    id = serializers.CharField(source="handle")
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry")

    class Meta:
        model = models.AccessToken
        fields = ["id", "device", "created_at", "expires_at"]


class TokensOutput(serializers.Serializer[Any]):
    """The caller's tokens."""

    results = TokenOutput(many=True)


class NewTokenOutput(TokenOutput):
    """A new token: `token` is shown this once."""

    token = serializers.CharField()

    class Meta(TokenOutput.Meta):
        fields = [*TokenOutput.Meta.fields, "token"]


class SentCodeOutput(serializers.Serializer[Any]):
    """The same whether the phone is known or not."""

    attempt = serializers.CharField()
    expires_at = serializers.DateTimeField()


class MeOutput(serializers.Serializer[Any]):
    """Who the caller is to us, and what they may do."""

    kind = serializers.ChoiceField(["staff", "customer"])
    staff_number = serializers.CharField(allow_null=True)
    hall = serializers.CharField(allow_null=True, help_text="code of the caller's hall")
    verbs = serializers.ListField(child=serializers.CharField())
