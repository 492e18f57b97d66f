"""What gas cost an account on each day of a span: price lists in force, and what the household had proved."""

from collections.abc import Sequence
from datetime import date, timedelta

from accounts.clock import business_date
from accounts.models import Account

from .. import tariffs
from ..bill_lines import Terms
from ..bill_refusals import CannotBill
from ..models import Allowance, TariffVersion
from .pricing import step_of

_DAY = timedelta(days=1)


def terms_of(account: Account, first: date, last: date) -> list[Terms]:
    """What holds from the first day to the last, both included: a new one wherever price, household or free volume change.

    Raises CannotBill where no price is in force on the last day.
    """
    versions, allowances = _versions(account, last), list(account.allowances.all())
    changes = {version.effective_from for version in versions} | {day for one in allowances for day in (one.valid_from, _end(one))}
    days = [first, *sorted(day for day in changes if first < day <= last)]
    return [_terms(day, _in_force(versions, day), [one for one in allowances if one.valid_from <= day < _end(one)]) for day in days]


def version_on(account: Account, day: date) -> TariffVersion:
    """The price list in force. Raises CannotBill."""
    return _in_force(_versions(account, day), day)


def persons_on(account: Account, day: date) -> int | None:
    """How many live in the household, where that was proved."""
    return max((one.persons for one in account.allowances.all() if one.persons and one.valid_from <= day < _end(one)), default=None)


def _versions(account: Account, last: date) -> list[TariffVersion]:
    rows = TariffVersion.objects.filter(tariff__price_class=account.price_class, effective_from__lte=last)
    found = list(rows.select_related("tariff").prefetch_related("tiers").order_by("effective_from"))
    if not found:
        raise CannotBill("no_tariff")
    return found


def _in_force(versions: Sequence[TariffVersion], day: date) -> TariffVersion:
    """Of days before our first list the first list."""
    return next((one for one in reversed(versions) if one.effective_from <= day), versions[0])


def _end(allowance: Allowance) -> date:
    """The day from which it counts no more."""
    end = allowance.valid_until + _DAY
    return min(end, business_date(allowance.ended_at)) if allowance.ended_at else end


def _terms(day: date, version: TariffVersion, allowances: Sequence[Allowance]) -> Terms:
    persons = max((one.persons or 0 for one in allowances), default=0)
    steps = [step_of(tier) for tier in sorted(version.tiers.all(), key=lambda tier: tier.number)]
    relief = max((one for one in allowances if one.litres_per_month), key=lambda one: one.litres_per_month or 0, default=None)
    return Terms(
        since=day,
        version=version.number,
        steps=tariffs.widen(steps, max(0, persons - version.base_persons)),
        starts_month=version.year_starts_month,
        starts_day=version.year_starts_day,
        free_per_month=(relief.litres_per_month or 0) if relief else 0,
        free_since=relief.valid_from if relief else None,
    )
