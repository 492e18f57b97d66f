"""What a customer sees of their gas: the chosen account, its position in the year, what is bought and not on the card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
import billing.queries
from accounts.models import Account, Binding, GasCard, User
from billing.models import Receipt, TariffVersion, TopUp
from billing.queries.connected_meters import why_not_in_the_meter
from billing.refusals import NoTariff
from billing.states import TopUpStatus


@dataclass(frozen=True)
class Choice:
    """An account in the cabinet's chooser; ``where`` is its short address, empty for who only pays."""

    account: Account
    where: str


@dataclass(frozen=True)
class Cabinet:
    """One customer's view: all bound accounts, the one being looked at, and whether they belong to its household."""

    user: User
    accounts: Sequence[Account]
    account: Account
    sees_household: bool

    @cached_property
    def role(self) -> str:
        """Holder, family or payer, in words."""
        binding = Binding.objects.get(user=self.user, account=self.account, unbound_at__isnull=True)
        return binding.get_role_display()

    @cached_property
    def choices(self) -> list[Choice]:
        """The accounts to choose from, each with where it is; who only pays for one does not learn where."""
        own = [account.premises for account in self.accounts if account.is_household]  # type: ignore[attr-defined]
        where = accounts.queries.short_addresses(own)
        return [
            Choice(account, where[account.premises_id] if account.is_household else "")  # type: ignore[attr-defined]
            for account in self.accounts
        ]

    @property
    def frozen_reason(self) -> str:
        """Debts and disputes are the household's own affair."""
        return self.account.frozen_reason if self.sees_household else ""


@dataclass(frozen=True)
class Position:
    """Where the account stands in its year, ready for a sentence: volumes in litres, prices per m³."""

    pricing: billing.queries.Pricing
    bought: int
    left_at_this_price: int | None
    price: int
    next_price: int | None
    next_year: date


@dataclass(frozen=True)
class Waiting:
    """Something paid that is not on the card, and why, in words."""

    top_up: TopUp
    why: str


def open_cabinet(user: User, number: str | None, *, at: datetime) -> Cabinet | None:
    """The chosen account, else the first; None when nothing is bound yet."""
    mine = list(accounts.queries.bound_accounts(user))
    if not mine:
        return None
    account = next((account for account in mine if account.number == number), mine[0])
    seen = accounts.permissions.may(accounts.permissions.check_may_see_household, user, account, at=at)
    return Cabinet(user, mine, account, bool(seen))


def position(account: Account, *, at: datetime) -> Position | None:
    """None where no price is in force for the account's class."""
    try:
        pricing = billing.queries.account_position(account, at)
    except NoTariff:
        return None
    tiers = pricing.tiers
    here = next(n for n, tier in enumerate(tiers) if tier.upper_litres is None or pricing.position_litres < tier.upper_litres)
    upper = tiers[here].upper_litres
    return Position(
        pricing=pricing,
        bought=pricing.position_litres,
        left_at_this_price=None if upper is None else upper - pricing.position_litres,
        price=tiers[here].unit_price,
        next_price=tiers[here + 1].unit_price if here + 1 < len(tiers) else None,
        next_year=pricing.next_year,
    )


def waiting(account: Account) -> list[Waiting]:
    """Paid and not known to be on a card, with the reason."""
    return [Waiting(top_up, _why(top_up)) for top_up in billing.queries.unwritten(account)]


def purchase(account: Account, reference: str) -> TopUp | None:
    """One purchase of this account."""
    return billing.queries.purchases(account).filter(reference=reference).first()


def cards(account: Account) -> list[GasCard]:
    """All cards the account ever had, the one in use first."""
    return list(account.cards.select_related("meter").order_by("ended_at", "-issued_at"))


def tariff_versions(account: Account) -> list[TariffVersion]:
    """What the price was and will be, newest first."""
    versions = TariffVersion.objects.filter(tariff__price_class=account.price_class)
    return list(versions.prefetch_related("tiers").order_by("-effective_from"))


def receipts(account: Account) -> list[Receipt]:
    """Every paper issued for the account."""
    return list(Receipt.objects.filter(top_up__account=account).select_related("hall").order_by("-issued_at", "-pk")[:100])


def _why(top_up: TopUp) -> str:
    if top_up.goes_by_air and (why := why_not_in_the_meter(top_up)) is not None:
        return str(why.label)
    if top_up.is_unsure:
        return _("We could not see whether it reached the card. Bring the card to any counter: the card itself will show it.")
    if top_up.status == TopUpStatus.FAILED:
        return _("Writing the card failed. Bring it to any counter and it is written again, free of charge.")
    return _("It is paid and waits for your card. Bring it to any counter.")
