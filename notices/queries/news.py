"""News for everybody and for those who write them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language

from ..models import News, NewsCorrection, NewsText
from ..states import NewsStatus


@dataclass(frozen=True)
class NewsWords:
    """News in the reader's language, or else in the house's."""

    title: str
    text: str
    language: str


@dataclass(frozen=True)
class Corrected:
    """That it was corrected: when, what was wrong, and what stood there before; in the reader's language where there is one."""

    at: datetime
    note: str
    note_language: str
    before: NewsWords | None


def published_news(*, category: str = "", year: int | None = None) -> QuerySet[News]:
    """What everybody reads, the newest first; of one category, of one year."""
    rows = News.objects.filter(status=NewsStatus.PUBLISHED)
    rows = rows.filter(category=category) if category else rows
    if year is not None:
        first, after = (datetime(one, 1, 1, tzinfo=ZoneInfo(settings.TIME_ZONE)).astimezone(UTC) for one in (year, year + 1))
        rows = rows.filter(published_at__gte=first, published_at__lt=after)
    return rows.prefetch_related("texts").order_by("-published_at", "-pk")


def public_news(key: int) -> News | None:
    """One that everybody reads or could read; no draft."""
    rows = News.objects.filter(pk=key, status__in=[NewsStatus.PUBLISHED, NewsStatus.WITHDRAWN])
    applied = NewsCorrection.objects.exclude(applied_at=None).order_by("-number")
    return rows.prefetch_related("texts", Prefetch("corrections", queryset=applied)).first()


def all_news() -> QuerySet[News]:
    """Every one, the newest first, for those who write them."""
    return News.objects.select_related("written_by", "approved_by", "withdrawn_by").prefetch_related("texts").order_by("-created_at", "-pk")


def waiting_news() -> int:
    """How many wait for a second reader, corrections among them."""
    waits = Q(status=NewsStatus.OFFERED) | Q(
        corrections__in=NewsCorrection.objects.filter(applied_at=None, refused_at=None), status=NewsStatus.PUBLISHED
    )
    return News.objects.filter(waits).distinct().count()


def waiting_correction(news: News) -> NewsCorrection | None:
    """The correction of it that waits for a second reader."""
    return news.corrections.select_related("news").filter(applied_at=None, refused_at=None).first()


def told_of(codes: Sequence[str]) -> set[str]:
    """Of these things, those that some published news tell of."""
    rows = News.objects.filter(status=NewsStatus.PUBLISHED, about__in=list(codes))
    return set(rows.values_list("about", flat=True))


def words_of(news: News) -> NewsWords | None:
    """In the reader's language; None where nothing is left of it."""
    return _chosen({one.language: one for one in news.texts.all()})


def corrections_of(news: News) -> list[Corrected]:
    """Its corrections as everybody reads them, the newest first."""
    return [_corrected(one) for one in news.corrections.all() if one.applied_at is not None]


def _corrected(row: NewsCorrection) -> Corrected:
    note = next((code for code in _languages() if code in row.notes), "")
    before = {code: NewsText(language=code, **words) for code, words in row.before.items()}
    assert row.applied_at is not None
    return Corrected(row.applied_at, row.notes.get(note, ""), note, _chosen(before))


def _chosen(texts: dict[str, NewsText]) -> NewsWords | None:
    found = next((texts[code] for code in (*_languages(), *sorted(texts)) if code in texts), None)
    return NewsWords(found.title, found.text, found.language) if found else None


def _languages() -> tuple[str, str]:
    return get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE
