"""Why a purchase cost what it did, told later from what was noted when it was sold."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from .. import tariffs, wording
from ..models import TopUp
from ..states import TopUpStatus
from .billed import billed_in


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Facts for a template: ``sentences`` say them in words already. Volumes in litres."""

    position_before: int
    position_after: int
    year_began: date
    lines: list[tariffs.Line]
    sentences: list[str]


def why_price(top_up: TopUp) -> Reason | None:
    """The price of a purchase in words; None for credit without money and for purchases carried over without their lines.

    The price list and the lines are those of the day of the sale. The position is what the year had counted before.
    """
    version = top_up.tariff_version
    if version is None or not top_up.lines:
        return None
    lines = [tariffs.Line(**line) for line in top_up.lines]
    before = position_before(top_up)
    began = tariffs.year_start(top_up.tier_year, version.year_starts_month, version.year_starts_day)
    words = {"day": wording.day(began), "volume": wording.cubic_metres(before)}
    sentences = [_("Since %(day)s the household had bought %(volume)s before.") % words, *(_of_line(line) for line in lines)]
    words = {"number": str(version.number), "day": wording.day(version.effective_from), "decision": version.decision}
    sentences.append(_("Price list no. %(number)s, in force since %(day)s: %(decision)s.") % words)
    if version.effective_from > began:
        sentences.append(_("The price changed within the year; the volume bought before still counts."))
    after = before + top_up.litres - top_up.free_litres
    return Reason(position_before=before, position_after=after, year_began=began, lines=lines, sentences=sentences)


def position_before(top_up: TopUp) -> int:
    """What the tiers had counted in that year when this purchase was made, but for what was taken back since."""
    earlier = Q(paid_at__lt=top_up.paid_at) | Q(paid_at=top_up.paid_at, pk__lt=top_up.pk)
    bought = TopUp.objects.filter(earlier, account=top_up.account_id, tier_year=top_up.tier_year, kind=TopUp.Kind.PURCHASE)
    total = bought.exclude(status=TopUpStatus.REVERSED).aggregate(litres=Sum(F("litres") - F("free_litres")))["litres"]
    return (total or 0) + billed_in(top_up.account_id, top_up.tier_year, until=top_up.paid_at).priced


def _of_line(line: tariffs.Line) -> str:
    words = {
        "volume": wording.cubic_metres(line.litres),
        "tier": line.tier,
        "price": wording.unit_price(line.unit_price),
        "amount": wording.money(line.amount),
    }
    if line.tier == 0:
        return _("%(volume)s are free, by the household's allowance.") % words
    return _("%(volume)s in tier %(tier)s at %(price)s make %(amount)s.") % words
