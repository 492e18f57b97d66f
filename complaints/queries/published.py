"""Answers that everybody may read: the list, the search, one of them."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from notices.stems import asking

from ..models import Publication, Topic
from ..states import PublicationStatus

#: Longer questions are read up to here; of so many candidates the best are chosen.
LONGEST, _CANDIDATES = 400, 400


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section with how many answers it has."""

    value: str
    label: str
    count: int


def index_of(*texts: str) -> str:
    """What the search looks through: every word by its stem, every two neighbouring Chinese marks, each between gaps."""
    return f" {' '.join(dict.fromkeys(part for text in texts for part in asking.phrase(text)))} "


def published(*, language: str = "", section: str = "") -> QuerySet[Publication]:
    """Those that everybody reads, the newest first."""
    found = Publication.objects.filter(status=PublicationStatus.PUBLISHED)
    found = found.filter(language=language) if language else found
    return (found.filter(section=section) if section else found).order_by("-published_at", "-number")


def sections(*, language: str) -> list[Section]:
    """Those that have an answer in this language, in the order of the topics."""
    of_topic = list(published(language=language).values_list("section", flat=True))
    return [Section(value=topic.value, label=str(topic.label), count=of_topic.count(topic)) for topic in Topic if topic in of_topic]


def find(*, words: str, language: str = "", section: str = "", limit: int = 10) -> list[Publication]:
    """Those that hold the most of these words, the newest of equals first; nothing typed, nothing found."""
    terms = list(dict.fromkeys(asking.phrase(words[:LONGEST])))[: asking.MOST]
    if not terms:
        return []
    wanted = Q()
    for term in terms:
        wanted |= Q(search__contains=f" {term} ")
    rows = list(published(language=language, section=section).filter(wanted)[:_CANDIDATES])
    best = {row.pk: sum(f" {term} " in row.search for term in terms) for row in rows}
    most = max(best.values(), default=0)
    fitting = [row for row in rows if best[row.pk] * 2 >= min(most, len(terms))]
    return sorted(fitting, key=lambda row: -best[row.pk])[:limit]


def one_of(number: int) -> Publication | None:
    """The published answer with this number, or one that was taken back; no draft."""
    shown = Publication.objects.filter(number=number, status__in=[PublicationStatus.PUBLISHED, PublicationStatus.WITHDRAWN])
    return shown.prefetch_related("files").first()
