"""Articles have a promise (T84) and are no cases: how alarms and lists name them, and where they lead."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from casework.subjects import Finder, Subject

from .models import Article


def articles(timelines: Collection[int]) -> Mapping[int, Subject]:
    """The articles on these timelines, by their short names."""
    rows = Article.objects.filter(timeline__in=list(timelines)).values_list("timeline", "slug")
    return {timeline: Subject(slug, reverse("notices:knowledge_article", args=[slug])) for timeline, slug in rows}


SUBJECTS: Mapping[str, Finder] = {"article": articles}
