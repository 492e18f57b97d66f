"""What a till, a machine and a phone ask alike before money moves: may this card be sold for, and is the price still the one shown."""

from datetime import datetime
from typing import Any

from accounts.clock import business_date
from accounts.models import GasCard

from ..queries.pricing import pricing
from ..queries.quotes import Quote, StaleQuote, check_may_buy, quote_of
from ..refusals import CardBusy, CardNotInUse, NoCardMeter


def check_card_sells(card: GasCard) -> None:
    """Whether gas is sold for a card that is held. Raises AccountFrozen, AccountClosed, CardNotInUse, NoCardMeter."""
    check_may_buy(card.account)
    if card.status != GasCard.Status.ACTIVE:
        raise CardNotInUse(card.get_status_display())
    if card.meter.removed_at is not None or not card.meter.takes_card:
        raise NoCardMeter


def price_for_card(card: GasCard, *, litres: int, fingerprint: str, at: datetime) -> Quote:
    """The price as it is now; one purchase at a time reaches a card. Raises CardBusy, StaleQuote, and what ``quote_of`` raises."""
    today = pricing(card.account, business_date(at), cap_litres=card.meter.cap_litres)
    if today.waiting:
        raise CardBusy(today.waiting)
    return as_shown(quote_of(today, account=card.account, meter=card.meter, litres=litres), fingerprint)


def as_shown(quote: Quote, fingerprint: str) -> Quote:
    """The quote, where it is what the customer was told. Raises StaleQuote."""
    if quote.fingerprint != fingerprint:
        raise StaleQuote(quote)
    return quote


def columns_of(quote: Quote) -> dict[str, Any]:
    """The columns of a purchase, or of an order for one, that keep the offer for good."""
    return {
        "litres": quote.litres,
        "free_litres": quote.free_litres,
        "amount": quote.amount,
        "lines": [line.as_json() for line in quote.lines],
        "tariff_version": quote.tariff_version,
        "tier_year": quote.tier_year,
    }
