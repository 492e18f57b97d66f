"""Articles, news, pages (T84) and announcements (T32) have promises and are no cases: how alarms name them, and where they lead."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from casework.subjects import Finder, Subject

from .models import Announcement, Article, News, SitePage


def articles(timelines: Collection[int]) -> Mapping[int, Subject]:
    """The articles on these timelines, by their short names."""
    rows = Article.objects.filter(timeline__in=list(timelines)).values_list("timeline", "slug")
    return {timeline: Subject(slug, reverse("notices:knowledge_article", args=[slug])) for timeline, slug in rows}


def announcements(timelines: Collection[int]) -> Mapping[int, Subject]:
    """The announcements on these timelines, by their numbers."""
    rows = Announcement.objects.filter(timeline__in=list(timelines)).values_list("timeline", "pk")
    return {timeline: Subject(f"№ {key}", reverse("notices:announcement", args=[key])) for timeline, key in rows}


def news(timelines: Collection[int]) -> Mapping[int, Subject]:
    """The news on these timelines, by their numbers."""
    rows = News.objects.filter(timeline__in=list(timelines)).values_list("timeline", "pk")
    return {timeline: Subject(f"№ {key}", reverse("notices:news", args=[key])) for timeline, key in rows}


def pages(timelines: Collection[int]) -> Mapping[int, Subject]:
    """The pages of the site on these timelines, by their short names."""
    rows = SitePage.objects.filter(timeline__in=list(timelines)).values_list("timeline", "code")
    return {timeline: Subject(code, f"{reverse('notices:site_pages')}#{code}") for timeline, code in rows}


SUBJECTS: Mapping[str, Finder] = {"announcement": announcements, "article": articles, "news": news, "page": pages}
