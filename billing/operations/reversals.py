"""Take a purchase back: asked with a reason, approved by somebody else, the card first and the money after it."""

from datetime import datetime

from accounts.actors import Actor

from ..devices.cards import CardImage
from ..models import CardWrite, Reversal, Shift, TopUp


def ask_reversal(*, top_up: TopUp, reason: str, by: Actor, at: datetime) -> Reversal:
    raise NotImplementedError


def decide_reversal(*, reversal: Reversal, approve: bool, by: Actor, at: datetime) -> Reversal:
    raise NotImplementedError


def begin_reversal(*, reversal: Reversal, seen: CardImage, by: Actor, at: datetime) -> CardWrite:
    raise NotImplementedError


def carry_out_reversal(*, reversal: Reversal, shift: Shift, by: Actor, at: datetime) -> Reversal:
    raise NotImplementedError
