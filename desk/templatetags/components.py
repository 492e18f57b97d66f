"""Components that need a little thought before they are drawn; the plain ones are includes. All stand in the gallery."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.db.models import Model

from billing.queries import Pricing
from billing.tariffs import Step

from .. import distances, tier_bars, tones

register = template.Library()


@register.inclusion_tag("components/status_tag.html")
def status_tag(subject: Model) -> dict[str, Any]:
    """The status of a row as word, icon and tone."""
    look = tones.LOOKS[type(subject)][subject.status]  # type: ignore[attr-defined]
    return {"word": subject.get_status_display(), "icon": look.icon, "tone": look.tone}  # type: ignore[attr-defined]


@register.inclusion_tag("components/deadline.html")
def deadline(moment: datetime, now: datetime) -> dict[str, Any]:
    """A moment and its distance from now: never a bare timer, and overdue says by how much."""
    is_today = distances.same_day(moment, now)
    return {"moment": moment, "distance": distances.distance(moment, now), "is_late": moment < now, "is_today": is_today}


@register.filter
def left_in_tiers(pricing: Pricing) -> list[tuple[Step, int]]:
    """The bounded tiers that still hold something this year, each with what is left in it, in litres."""
    lower, found = 0, []
    for tier in pricing.tiers:
        if tier.upper_litres is not None and tier.upper_litres > pricing.position_litres:
            found.append((tier, tier.upper_litres - max(lower, pricing.position_litres)))
        lower = tier.upper_litres or lower
    return found


@register.inclusion_tag("components/tier_bar.html")
def tier_bar(tiers: Sequence[Any], position_litres: int, buying_litres: int = 0) -> dict[str, Any]:
    """The year on one bar: bounds of the tiers, what was used, what is being bought (all litres)."""
    uppers = [tier.upper_litres for tier in tiers]
    bar = tier_bars.draw(uppers, position_litres, buying_litres)
    return {"bar": bar, "position_litres": position_litres, "buying_litres": buying_litres}
