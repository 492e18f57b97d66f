"""How somebody can pay in the cabinet, and what the wallet in WeChat's own browser is handed."""

import json
from dataclasses import dataclass

from django.conf import settings

import accounts.queries.wechat_links
from accounts import wechat
from accounts.models import User
from billing import providers
from billing.models import Checkout


@dataclass(frozen=True)
class Wallet:
    """A payment that is made in WeChat: ``parameters`` for its bridge, as JSON; ``link`` where a click pays in a rehearsal."""

    parameters: str
    link: str


def ways_for(user: User, *, browser: str) -> dict[str, tuple[str, ...]]:
    """Providers with their ways. In WeChat pays who is in it (``browser`` is a User-Agent), by the WeChat linked to their cabinet."""
    offered = providers.offered()
    if wechat.is_offered_to(browser) and payer_of(user):
        return {provider: tuple(sorted(ways, key=lambda way: way != Checkout.Product.APP)) for provider, ways in offered.items()}
    return {provider: tuple(way for way in ways if way != Checkout.Product.APP) for provider, ways in offered.items()}


def payer_of(user: User) -> str:
    """As whom somebody pays in WeChat; empty where their WeChat is not linked."""
    return accounts.queries.wechat_links.payer_of(user, appid=settings.WECHAT_PAY_APPID)


def wallet_of(checkout: Checkout) -> Wallet | None:
    """None for a payment that is made elsewhere."""
    if not checkout.shown.get("app"):
        return None
    link = f"{settings.WECHAT_PAY_GATEWAY}/scan/{checkout.reference}" if settings.WECHAT_REHEARSAL else ""
    return Wallet(json.dumps(checkout.shown["app"]), link)
