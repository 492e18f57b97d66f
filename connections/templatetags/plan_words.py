"""Words of plans for templates: what differs between two versions, said so that one can read it."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.listing import listed
from accounts.roles import Role
from billing.wording import money

from ..models import Ball, Deed, FeeRow, PaperRow, StageRow
from ..plan_differences import Difference
from ..queries.papers import in_words
from ..states import ConnectionStatus
from ..ways_in import LABELS

register = template.Library()

_MODELS: Mapping[str, Any] = {"stages": StageRow, "papers": PaperRow, "fees": FeeRow}
_NAMED = {
    "names": gettext_lazy("name"),
    "hints": gettext_lazy("hint"),
    "consequences": gettext_lazy("what happens if it does not follow"),
    "intro": gettext_lazy("first words of the notice"),
    "corrections": gettext_lazy("what happens if the acceptance fails"),
    "channels": gettext_lazy("only who comes"),
}
_CHOICES: Mapping[str, Mapping[str, Any]] = {
    "status": dict(ConnectionStatus.choices),
    "refundable_until": dict(ConnectionStatus.choices),
    "ball": dict(Ball.choices),
    "owner": dict(Role.choices),
    "deed": dict(Deed.choices),
    "unit": dict(FeeRow.Unit.choices),
}


@register.filter
def role_of(code: str) -> str:
    """Who does a stage; empty for nobody in particular."""
    return str(Role(code).label) if code in Role.values else ""


@register.filter
def channels_of(codes: list[str]) -> str:
    """By which channels, in words."""
    return listed(LABELS[code] for code in codes if code in LABELS)


@register.filter
def changed_fields(difference: Difference) -> list[tuple[str, str, str]]:
    """What a row said and says, in words: label, before, after."""
    return [line for name, before, after in difference.fields for line in _lines(difference.part, name, before, after)]


def _lines(part: str, name: str, before: Any, after: Any) -> list[tuple[str, str, str]]:
    label = _label(part, name)
    if isinstance(before, dict):
        tongues = [code for code in {**before, **after} if before.get(code) != after.get(code)]
        return [(f"{label} ({code})", before.get(code, "–"), after.get(code, "–")) for code in tongues]
    return [(label, _said(name, before), _said(name, after))]


def _label(part: str, name: str) -> str:
    if name in _NAMED:
        return capfirst(str(_NAMED[name]))
    return capfirst(str(_MODELS[part]._meta.get_field(name).verbose_name))


def _said(name: str, value: Any) -> str:
    if name == "amount":
        return money(value)
    if name == "channels":
        return channels_of(value) or _("everybody")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in _CHOICES.get(name, {}):
        return str(_CHOICES[name][value])
    return "–" if value in {"", None} else str(value)


@register.filter
def named(difference: Difference) -> str:
    """What the row is called, else its key."""
    return in_words(difference.names) or difference.key
