"""Words of the house that wait for a second pair of eyes, whichever room they belong to: for the approvals of one person.

Whoever wrote something does not find it here, nor does anybody whom the case behind an answer is about.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Max, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy

import accounts.permissions
import accounts.queries
from accounts.models import Staff, User
from accounts.roles import Verb
from callbacks.models import QuestionnaireDraft
from callbacks.queries.questionnaires import name_of
from callbacks.questions import ANY_KIND
from casework.permissions import visible_cases
from complaints.models import Publication
from notices.models import Announcement, ArticleText, News, NewsCorrection

#: Shown of each kind; whoever has more waiting works on these first.
MOST = 30


@dataclass(frozen=True)
class Waiting:
    """One text: what it is, in a few words of its own where these can stand in a list, who wrote it, since when it waits, its page."""

    sort: str
    title: str
    writer: str
    since: datetime
    link: str


type _Source = Callable[[User, Staff, datetime], Iterator[Waiting]]


def waiting_for(user: User, *, at: datetime) -> list[Waiting]:
    """What this person may let out, what waits longest at the top. A statement or two for each kind they may."""
    verbs = accounts.permissions.verbs_of(user, at)
    sources = [source for verb, source in _SOURCES if verb in verbs]
    if not sources:
        return []
    staff = accounts.queries.current_staff(user)
    return sorted((one for source in sources for one in source(user, staff, at)), key=lambda one: (one.since, one.link))


def may_let_out(user: User, *, at: datetime) -> bool:
    """Whether this person is ever a second reader."""
    return bool({verb for verb, _source in _SOURCES} & accounts.permissions.verbs_of(user, at))


def _answers(user: User, staff: Staff, at: datetime) -> Iterator[Waiting]:
    """By number: what a draft says may still name somebody."""
    ours = Q(case=None) | Q(case__in=visible_cases(user, at).values("pk"))
    found = Publication.objects.filter(ours, status="proposed").exclude(drafted_by=staff).exclude(files__added_by=staff)
    for row in found.annotate(since=Max("timeline__events__at")).select_related("drafted_by").order_by("number")[:MOST]:
        link = reverse("complaints:publication", args=[row.number])
        yield Waiting(str(_ANSWER), f"{row.number} ({row.get_section_display()})", row.drafted_by.name, row.since, link)


def _articles(user: User, staff: Staff, at: datetime) -> Iterator[Waiting]:
    offered = ArticleText.objects.filter(offered_at__isnull=False, published_at=None).exclude(written_by=user.actor_label)
    rows = list(offered.select_related("article").order_by("offered_at", "pk")[:MOST])
    names = _names({row.written_by for row in rows})
    for row in rows:
        link = reverse("notices:knowledge_article", args=[row.article.slug])
        yield Waiting(str(_ARTICLE), row.title, names.get(row.written_by, ""), row.offered_at or row.written_at, link)


def _announcements(user: User, staff: Staff, at: datetime) -> Iterator[Waiting]:
    return _told(Announcement, str(_ANNOUNCEMENT), "notices:announcement", staff)


def _news(user: User, staff: Staff, at: datetime) -> Iterator[Waiting]:
    return _told(News, str(_NEWS), "notices:news", staff)


def _told(model: type[Announcement] | type[News], sort: str, route: str, staff: Staff) -> Iterator[Waiting]:
    found = model._default_manager.filter(status="offered").exclude(written_by=staff)
    rows = found.annotate(since=Coalesce(Max("timeline__events__at"), "created_at")).select_related("written_by").prefetch_related("texts")
    for row in rows.order_by("created_at", "pk")[:MOST]:
        yield Waiting(sort, _title(row.texts.all()), _name(row.written_by), row.since, reverse(route, args=[row.pk]))


def _corrections(user: User, staff: Staff, at: datetime) -> Iterator[Waiting]:
    rows = NewsCorrection.objects.filter(applied_at=None, refused_at=None).exclude(proposed_by=staff)
    for row in rows.select_related("proposed_by").prefetch_related("news__texts").order_by("proposed_at", "pk")[:MOST]:
        link = reverse("notices:news", args=[row.news_id])
        yield Waiting(str(_CORRECTION), _title(row.news.texts.all()), _name(row.proposed_by), row.proposed_at, link)


def _questions(user: User, staff: Staff, at: datetime) -> Iterator[Waiting]:
    rows = QuestionnaireDraft.objects.filter(said="").exclude(written_by=staff).select_related("written_by")
    for row in rows.order_by("written_at", "pk")[:MOST]:
        link = reverse("callbacks:questionnaire", args=["other" if row.kind == ANY_KIND else row.kind])
        yield Waiting(str(_QUESTIONS), name_of(row.kind), row.written_by.name, row.written_at, link)


def _title(texts: Any) -> str:
    """In the reader's language, else the house's, else any."""
    by_language = {text.language: text.title for text in texts}
    first = next(iter(by_language.values()), "")
    return str(by_language.get(get_language() or "") or by_language.get(settings.LANGUAGE_CODE) or first)


def _names(labels: set[str]) -> dict[str, str]:
    users = [int(label.removeprefix("user:")) for label in labels if label.startswith("user:")]
    return {f"user:{user}": name for user, name in Staff.objects.filter(user__in=users).values_list("user", "name")}


def _name(staff: Staff | None) -> str:
    return staff.name if staff else ""


_ANSWER = pgettext_lazy("waits for a second reader", "answer for everybody")
_ARTICLE = pgettext_lazy("waits for a second reader", "article")
_ANNOUNCEMENT = pgettext_lazy("waits for a second reader", "announcement")
_NEWS = pgettext_lazy("waits for a second reader", "news")
_CORRECTION = pgettext_lazy("waits for a second reader", "correction of news")
_QUESTIONS = pgettext_lazy("waits for a second reader", "questions of follow-ups")
_SOURCES: tuple[tuple[Verb, _Source], ...] = (
    (Verb.PUBLISH_ANSWERS, _answers),
    (Verb.PUBLISH_KNOWLEDGE, _articles),
    (Verb.APPROVE_ANNOUNCEMENTS, _announcements),
    (Verb.APPROVE_ANNOUNCEMENTS, _news),
    (Verb.APPROVE_ANNOUNCEMENTS, _corrections),
    (Verb.PUBLISH_KNOWLEDGE, _questions),
)
