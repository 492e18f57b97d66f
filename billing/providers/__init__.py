"""Who moves money for us. A provider is offered when its keys are in the environment (docs/online-payments.md), else it does not exist."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

if TYPE_CHECKING:
    from .alipay import Alipay
    from .alipay import Keys as AlipayKeys
    from .bank import Bank
    from .protocol import Provider
    from .wechat import Keys as WeChatKeys
    from .wechat import WeChat


class NotOffered(Exception):
    """We have no keys for this provider."""


def offered() -> dict[str, tuple[str, ...]]:
    """Code of each provider we have keys for, with the ways to pay by it; the order is that of the pages."""
    return {code: ways for code, ways, is_set_up in _ways() if is_set_up}


def provider(code: str) -> "Provider":
    """Raises NotOffered."""
    if code not in offered():
        raise NotOffered(code)
    return _MAKERS[code]()


def _ways() -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    # Written out here so that a page which offers them need not load the packages.
    return (
        ("wechat", ("qr", "app"), bool(settings.WECHAT_PAY_MCHID)),
        ("alipay", ("page", "qr"), bool(settings.ALIPAY_APP_ID)),
        ("bank", ("transfer",), bool(settings.BANK_TRANSFER_TO)),
    )


def _wechat() -> "WeChat":
    from .wechat import Keys

    return _wechat_with(
        Keys(
            gateway=settings.WECHAT_PAY_GATEWAY,
            mchid=settings.WECHAT_PAY_MCHID,
            appid=settings.WECHAT_PAY_APPID,
            serial=settings.WECHAT_PAY_SERIAL,
            private_key=settings.WECHAT_PAY_KEY,
            api_key=settings.WECHAT_PAY_API_KEY,
            public_keys=tuple((serial, key) for serial, _, key in (pair.partition(":") for pair in settings.WECHAT_PAY_PUBLIC_KEYS)),
            notice_url=settings.SITE_URL + reverse("billing:wechat_notice"),
            currency=settings.CURRENCY,
        )
    )


def _alipay() -> "Alipay":
    from .alipay import Keys

    return _alipay_with(
        Keys(
            gateway=settings.ALIPAY_GATEWAY,
            app_id=settings.ALIPAY_APP_ID,
            seller_id=settings.ALIPAY_SELLER_ID,
            private_key=settings.ALIPAY_KEY,
            public_keys=tuple(settings.ALIPAY_PUBLIC_KEYS),
            notice_url=settings.SITE_URL + reverse("billing:alipay_notice"),
        )
    )


def _bank() -> "Bank":
    from .bank import Bank

    return Bank(settings.BANK_TRANSFER_TO)


@lru_cache(maxsize=4)
def _wechat_with(keys: "WeChatKeys") -> "WeChat":
    from .wechat import WeChat

    return WeChat(keys)


@lru_cache(maxsize=4)
def _alipay_with(keys: "AlipayKeys") -> "Alipay":
    from .alipay import Alipay

    return Alipay(keys)


_MAKERS: dict[str, Callable[[], "Provider"]] = {"wechat": _wechat, "alipay": _alipay, "bank": _bank}
