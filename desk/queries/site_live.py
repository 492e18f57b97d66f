"""The parts of the section for clients that come from other rooms as of now: prices, fees, services, halls, kiosks, ways, links."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.clock import business_date
from accounts.models import Account
from billing import providers
from billing.models import Provider
from billing.queries.public_kiosks import public_kiosks
from complaints.models import Service
from connections.models import ConnectionKind, PolicyVersion
from notices.queries.site_pages import useful_links

from ..paper_forms import FORMS
from . import landing
from .halls import open_halls

_CLASS = Account.PriceClass
#: Whose prices, and whose connections.
_PRICES = {"persons": (_CLASS.RESIDENT, _CLASS.RESIDENT_HEATING), "entities": (_CLASS.WELFARE, _CLASS.COMMERCIAL, _CLASS.INDUSTRIAL)}
_PERSONS = (ConnectionKind.RESIDENTIAL,)


def live_part(name: str, *, who: str, at: datetime) -> dict[str, Any]:
    """What a part shows; ``who`` is persons, entities, or nobody in particular."""
    return _PARTS[name](who, at) if name else {}


def _costs(who: str, at: datetime) -> dict[str, Any]:
    prices = [price for price in landing.prices(business_date(at)) if price.tariff.price_class in _PRICES.get(who, _CLASS.values)]
    kinds = [kind for kind in ConnectionKind if (kind in _PERSONS) == (who == "persons")]
    fees = [(kind.label, _fees(kind, at)) for kind in kinds]
    return {"prices": prices, "fees": [(kind, rows) for kind, rows in fees if rows], "services": Service.choices}


def _fees(kind: ConnectionKind, at: datetime) -> list[dict[str, Any]]:
    version = PolicyVersion.objects.in_force(kind, at).first()
    rows = version.fees.order_by("position", "pk") if version else ()
    return [{"name": _name(row.names), "amount": row.amount, "unit": row.unit} for row in rows]


def _name(names: Mapping[str, str]) -> str:
    return names.get(get_language() or "") or names.get(settings.LANGUAGE_CODE) or next(iter(names.values()), "")


def _services(_who: str, _at: datetime) -> dict[str, Any]:
    return {"services": Service.choices}


def _forms(_who: str, _at: datetime) -> dict[str, Any]:
    return {"paper_forms": FORMS, "languages": settings.LANGUAGES}


def _ways(_who: str, _at: datetime) -> dict[str, Any]:
    online = [str(Provider(code).label) for code in providers.offered() if code in Provider.values]
    return {"online": online, "is_open_online": bool(online)}


def _points(_who: str, at: datetime) -> dict[str, Any]:
    return {"halls": open_halls(at), "kiosks": public_kiosks(at)}


def _offices(_who: str, at: datetime) -> dict[str, Any]:
    return {"halls": open_halls(at)}


def _centre(_who: str, _at: datetime) -> dict[str, Any]:
    lines = (
        (_("Leaks, accidents, no gas: day and night"), settings.COMPANY["hotline"]),
        (_("Questions, readings, appointments"), settings.COMPANY["office_phone"]),
    )
    return {"phones": lines}


def _links(_who: str, _at: datetime) -> dict[str, Any]:
    return {"links": list(useful_links())}


def _nothing(_who: str, _at: datetime) -> dict[str, Any]:
    return {}


_PARTS: Mapping[str, Callable[[str, datetime], dict[str, Any]]] = {
    "costs": _costs,
    "services": _services,
    "forms": _forms,
    "ways": _ways,
    "points": _points,
    "offices": _offices,
    "centre": _centre,
    "links": _links,
    "other": _nothing,
}
