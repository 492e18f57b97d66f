"""What is new, for everybody: what colleagues wrote, new price lists, interruptions of supply. The last two come by themselves.

Note [Told once]. A price list or an interruption that published news tell of (``News.about``) stands there once, in the news' words.
Interruptions are in the stream as long as they are public (repairs.queries.outage_public), so that the archive holds news and prices.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.defaultfilters import date as in_words
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.listing import listed
from billing.models import TariffVersion
from notices.models import News, NewsCategory
from notices.queries import news as told
from repairs.models import Outage
from repairs.queries.outage_public import PublicLine, public_lines

#: On the first page, and in the feed.
MOST = 50


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that is new. ``code`` names it for good; ``is_ours``: a colleague wrote it."""

    code: str
    category: str
    title: str
    text: str
    language: str
    at: datetime
    url: str
    corrected_at: datetime | None = None
    is_ours: bool = False

    @property
    def category_words(self) -> str:
        return str(NewsCategory(self.category).label)


def stream(
    *, at: datetime, category: str = "", year: int | None = None, most: int | None = None, outages: Sequence[Item] | None = None
) -> list[Item]:
    """The newest first; of one category, of one year (in the business's time zone). ``outages``: whoever has them already says so."""
    found = [*_written(category, year, most)]
    if category in ("", NewsCategory.TARIFF):
        found += _prices(at)
    if category in ("", NewsCategory.SWITCH_OFF):
        found += interruptions(at) if outages is None else outages
    kept = [item for item in _once(found) if year is None or timezone.localtime(item.at).year == year]
    return sorted(kept, key=lambda item: (item.at, item.code), reverse=True)[:most]


def interruptions(at: datetime) -> list[Item]:
    """Where gas is off, where it will be, and where it came on within the day; what is off now first."""
    return [_outage(line) for line in public_lines(at)]


def years(at: datetime) -> list[int]:
    """Years of which there is something to read, the latest first."""
    moments = [*told.published_news().values_list("published_at", flat=True), *(item.at for item in _prices(at))]
    return sorted({timezone.localtime(moment).year for moment in moments if moment}, reverse=True)


def news_item(row: News) -> Item | None:
    """A piece of news as an item; None where its words are gone."""
    words = told.words_of(row)
    if words is None or row.published_at is None:
        return None
    return Item(
        code=f"news:{row.pk}",
        category=row.category,
        title=words.title,
        text=words.text,
        language=words.language,
        at=row.published_at,
        url=reverse("desk:news_item", args=[row.pk]),
        corrected_at=row.corrected_at,
        is_ours=True,
    )


def _written(category: str, year: int | None, most: int | None) -> Iterable[Item]:
    rows = told.published_news(category=category, year=year)
    return [item for row in (rows[:most] if most else rows) if (item := news_item(row))]


def _once(found: list[Item]) -> list[Item]:
    told_already = told.told_of([item.code for item in found if not item.is_ours])
    return [item for item in found if item.code not in told_already]


def _prices(at: datetime) -> list[Item]:
    """One item for all classes that change on a day."""
    rows = TariffVersion.objects.filter(created_at__lte=at).select_related("tariff").order_by("effective_from", "tariff__pk")
    return [_price(day, list(versions)) for day, versions in groupby(rows, key=lambda row: row.effective_from)]


def _price(day: date, versions: Sequence[TariffVersion]) -> Item:
    """New on the day it was entered; what held before it was entered, on the day it came into force."""
    midnight = datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
    classes = listed([version.tariff.get_price_class_display() for version in versions])
    facts = {"classes": classes, "decision": listed(list(dict.fromkeys(version.decision for version in versions)))}
    return Item(
        code=f"tariff:{day.isoformat()}",
        category=NewsCategory.TARIFF,
        title=_("Gas prices from %(day)s") % {"day": in_words(day, "DATE_FORMAT")},
        text=_("For: %(classes)s. Decision: %(decision)s. All prices, and those before, stand in the price list.") % facts,
        language=get_language() or settings.LANGUAGE_CODE,
        at=min(max(version.created_at for version in versions), midnight),
        url=reverse("billing:tariff_list"),
    )


def _outage(line: PublicLine) -> Item:
    outage = line.outage
    facts = {
        "places": listed(line.places),
        "reason": outage.reason,
        "from": _moment(outage.began_at or outage.starts_at),
        "until": _moment(outage.ended_at or outage.promised_until),
    }
    over = _("Gas is on again since %(until)s. Reason: %(reason)s")
    text = over if outage.ended_at else _("From %(from)s, gas back by %(until)s. Reason: %(reason)s")
    return Item(
        code=f"outage:{outage.reference}",
        category=NewsCategory.SWITCH_OFF,
        title=(_("Gas is on again: %(places)s") if outage.ended_at else _("No gas: %(places)s")) % facts,
        text=text % facts,
        language=get_language() or settings.LANGUAGE_CODE,
        at=_since(outage),
        url=reverse("repairs:public_outages"),
    )


def _since(outage: Outage) -> datetime:
    return outage.ended_at or outage.announced_at or outage.began_at or outage.starts_at


def _moment(at: datetime) -> str:
    return in_words(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
