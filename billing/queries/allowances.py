"""What a household proved, and what it does to its tiers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from accounts.clock import business_date
from accounts.models import Account

from .. import tariffs
from ..models import Allowance
from ..refusals import NoTariff
from .names import names_of
from .pricing import Pricing, pricing, step_of

MORE_PERSONS = 4  # so many larger households the table shows


class AllowanceNotFound(Exception):
    """This account has no such allowance."""

    def __init__(self) -> None:
        super().__init__(_("This account has no such allowance."))


@dataclass(frozen=True, kw_only=True)
class AllowanceRow:
    """One allowance, who granted it, and whether it counts on the day looked at."""

    allowance: Allowance
    granted_by: str
    counts: bool


@dataclass(frozen=True, kw_only=True)
class Household:
    """The upper bounds (litres a year) of the tiers for so many persons."""

    persons: int
    bounds: tuple[int, ...]
    is_present: bool


@dataclass(frozen=True, kw_only=True)
class AllowanceSheet:
    """All of an account: ``running`` count now or later; ``over`` have run out or were ended. No ``pricing`` without a tariff."""

    running: list[AllowanceRow]
    over: list[AllowanceRow]
    pricing: Pricing | None
    households: tuple[Household, ...]


def allowance_sheet(account: Account, *, at: datetime) -> AllowanceSheet:
    """The allowances of an account, the newest first, and its tiers without and with them."""
    day, rows = business_date(at), list(account.allowances.order_by("-valid_from", "-pk"))
    names = names_of(row.granted_by for row in rows)
    shown = [AllowanceRow(allowance=row, granted_by=names.get(row.granted_by, _("the system")), counts=_counts(row, day)) for row in rows]
    today = _pricing(account, day)
    return AllowanceSheet(
        running=[row for row in shown if not _is_over(row.allowance, day)],
        over=[row for row in shown if _is_over(row.allowance, day)],
        pricing=today,
        households=_households(today) if today else (),
    )


def allowance_of(account: Account, key: int) -> Allowance:
    """One of this account. Raises AllowanceNotFound."""
    found = account.allowances.filter(pk=key).first()
    if found is None:
        raise AllowanceNotFound
    return found


def _is_over(allowance: Allowance, day: date) -> bool:
    return allowance.ended_at is not None or allowance.valid_until < day


def _counts(allowance: Allowance, day: date) -> bool:
    return allowance.valid_from <= day and not _is_over(allowance, day)


def _pricing(account: Account, day: date) -> Pricing | None:
    try:
        return pricing(account, day)
    except NoTariff:
        return None


def _households(today: Pricing) -> tuple[Household, ...]:
    """From those the tariff includes upwards; none where the tariff does not ask how many live there."""
    steps = [step_of(tier) for tier in today.version.tiers.all()]
    if not any(step.extra_person_litres for step in steps):
        return ()
    base = today.version.base_persons
    return tuple(
        Household(persons=base + more, bounds=_bounds(tariffs.widen(steps, more)), is_present=more == today.extra_persons)
        for more in sorted({*range(MORE_PERSONS + 1), today.extra_persons})
    )


def _bounds(steps: Sequence[tariffs.Step]) -> tuple[int, ...]:
    return tuple(step.upper_litres for step in steps if step.upper_litres is not None)
