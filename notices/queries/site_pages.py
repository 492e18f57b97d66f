"""What people keep of the site, how fresh it is, and what has changed and is not there yet."""

from collections.abc import Collection, Mapping

from django.db.models import Prefetch, QuerySet

from ..models import Article, News, PageChange, SitePage, UsefulLink


def open_changes(timeline: int | None) -> QuerySet[PageChange]:
    """What has changed and is not yet told there, the first told first."""
    rows = PageChange.objects.filter(timeline=timeline, settled_at=None) if timeline else PageChange.objects.none()
    return rows.select_related("told_by").order_by("told_at", "pk")


def kept_pages(codes: Collection[str]) -> Mapping[str, SitePage]:
    """Those of these pages that somebody has looked at or told of, with what is open (``timeline.page_changes``)."""
    rows = SitePage.objects.filter(code__in=list(codes)).select_related("timeline", "checked_by")
    opened = PageChange.objects.filter(settled_at=None).select_related("told_by").order_by("told_at", "pk")
    return {row.code: row for row in rows.prefetch_related(Prefetch("timeline__page_changes", queryset=opened))}


def kept_page(code: str) -> SitePage | None:
    """When a page was brought up to date and looked at; None: never by hand."""
    return SitePage.objects.filter(code=code).first()


def changed_articles() -> QuerySet[Article]:
    """Articles that wait for better words, in the order of their names."""
    waits = PageChange.objects.filter(settled_at=None, timeline__article__isnull=False)
    return Article.objects.filter(timeline__in=waits.values("timeline")).order_by("slug")


def changed_news() -> QuerySet[News]:
    """News that wait for a correction."""
    waits = PageChange.objects.filter(settled_at=None, timeline__news__isnull=False)
    return News.objects.filter(timeline__in=waits.values("timeline")).prefetch_related("texts").order_by("pk")


def useful_links() -> QuerySet[UsefulLink]:
    """All of them, in their order."""
    return UsefulLink.objects.select_related("changed_by").order_by("kind", "position", "pk")
