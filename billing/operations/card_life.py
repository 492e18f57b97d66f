"""The life of a card and its meter: first card, replacement, loss, meter change, gifts and lost credit."""

from datetime import datetime

import accounts.operations
from accounts.actors import Actor
from accounts.models import Account, GasCard

from ..devices.cards import CardImage
from ..models import CardWrite, TopUp


def issue_first_card(*, account: Account, by: Actor, at: datetime) -> CardWrite:
    raise NotImplementedError


def replace_card(*, card: GasCard, seen: CardImage | None, meter_counter: int | None, reason: str, by: Actor, at: datetime) -> CardWrite:
    raise NotImplementedError


def report_loss(*, card: GasCard, by: Actor, at: datetime) -> GasCard:
    raise NotImplementedError


def change_meter(
    *, account: Account, new: accounts.operations.NewMeter, residual_litres: int, seen: CardImage | None, by: Actor, at: datetime
) -> CardWrite:
    raise NotImplementedError


def credit_gift(*, account: Account, litres: int, reason: str, by: Actor, at: datetime) -> TopUp:
    raise NotImplementedError


def restore_lost_gas(*, top_up: TopUp, reason: str, by: Actor, at: datetime) -> TopUp:
    raise NotImplementedError


def finish_card(*, write: CardWrite, read_back: CardImage | None, error: str = "", by: Actor, at: datetime) -> GasCard:
    raise NotImplementedError
