"""Publish prices and limits. A price in force is never edited: a change is a new version with a later day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.clock import business_date

from .. import permissions, tariffs
from ..limits import Limits
from ..models import PurchaseLimit, Tariff, TariffVersion, Tier
from ..refusals import BadTariff


@dataclass(frozen=True, kw_only=True)
class NewVersion:
    """Prices from a day on: the steps as the pure rules know them, and the decision they rest on."""

    effective_from: date
    steps: Sequence[tariffs.Step]
    decision: str
    base_persons: int = 4
    year_starts_month: int = 1
    year_starts_day: int = 1
    note: str = ""


@transaction.atomic
def publish_tariff(*, tariff: Tariff, new: NewVersion, by: Actor, at: datetime) -> TariffVersion:
    """The next version, in force from its day. Only the very first may begin today or before. Raises Forbidden, BadTariff."""
    permissions.check_may_edit_tariffs(by, at=at)
    tariff = Tariff.objects.select_for_update(no_key=True).get(pk=tariff.pk)
    last = tariff.versions.order_by("-number").first()
    _check(tariff, new, is_first=last is None, today=business_date(at))
    version = TariffVersion.objects.create(
        tariff=tariff,
        number=last.number + 1 if last else 1,
        created_at=at,
        created_by=by.actor_label,
        **{name: value for name, value in vars(new).items() if name != "steps"},
    )
    Tier.objects.bulk_create(Tier(version=version, **vars(step)) for step in new.steps)
    return version


def _check(tariff: Tariff, new: NewVersion, *, is_first: bool, today: date) -> None:
    try:
        tariffs.check_steps(new.steps)
    except tariffs.BadSteps:
        raise BadTariff("steps") from None
    if not new.decision.strip():
        raise BadTariff("decision")
    if not tariffs.is_day_of_year(new.year_starts_month, new.year_starts_day):
        raise BadTariff("year")
    if not is_first and new.effective_from <= today:
        raise BadTariff("past")
    if tariff.versions.filter(effective_from=new.effective_from).exists():
        raise BadTariff("taken")


@transaction.atomic
def set_purchase_limit(*, price_class: str, new: Limits, by: Actor, at: datetime) -> PurchaseLimit:
    """How much a price class may buy, in litres; None is no limit. It counts from the next quote on. Raises Forbidden."""
    permissions.check_may_edit_tariffs(by, at=at)
    limit, _created = PurchaseLimit.objects.update_or_create(
        price_class=price_class, defaults={"order_litres": new.order, "month_litres": new.month, "year_litres": new.year}
    )
    return limit
