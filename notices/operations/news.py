"""Write news, have them read by somebody else where a price or safety is concerned, let them out at their hour, withdraw them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import casework.queries
from accounts.actors import Actor
from casework.operations import StaleRow, Step, amend, move, open_timeline

from .. import announcement_permissions as permissions
from ..models import News, NewsCategory, NewsText
from ..news_rules import TEXT, Said, marks_in, needs_second_reader, tidied
from ..states import NEWS, NewsStatus
from . import news_letters_out
from .news_refusals import BadNews, NewsMarked
from .page_changes import settle_changes

_REASON = 300


@dataclass(frozen=True, kw_only=True)
class NewsDraft:
    """What somebody wants everybody to know. ``texts``: language -> words; ``about``: what the stream would show by itself."""

    texts: Mapping[str, Said]
    category: str = NewsCategory.SERVICE
    publish_at: datetime | None = None
    about: str = ""
    kept_why: str = ""


@transaction.atomic
def write_news(*, draft: NewsDraft, by: Actor, at: datetime) -> News:
    """Write it down; nobody reads it yet. Raises Forbidden, BadNews."""
    permissions.check_may_announce(by, at=at)
    texts = checked(draft.texts)
    timeline = open_timeline(kind="news", steps=[Step("news.written", {"category": draft.category})], by=by, at=at)
    row = News(timeline=timeline, created_at=at, written_by=casework.queries.staff_behind(by), **_columns(draft))
    row.save(force_insert=True)
    put_texts(row, texts)
    return row


@transaction.atomic
def rewrite_news(*, news: News, draft: NewsDraft, by: Actor, at: datetime) -> News:
    """Other words while it is a draft; whoever changes them is its writer. Raises Forbidden, BadNews, StaleRow."""
    permissions.check_may_announce(by, at=at)
    if not news.is_draft:
        raise BadNews("texts", _("Only what is still being written can be changed. What is out is corrected."))
    texts = checked(draft.texts)
    fields = {**_columns(draft), "written_by": casework.queries.staff_behind(by)}
    amend(news, fields=fields, steps=[Step("news.rewritten")], by=by, at=at)
    put_texts(news, texts)
    return news


@transaction.atomic
def let_out(*, news: News, by: Actor, at: datetime) -> News:
    """Its writer is done: it is read from its hour on, or somebody else reads it first. What has no hour, or one that passed, is out now.

    Raises Forbidden, NewsMarked where something is marked and no reason given, WrongMove, StaleRow.
    """
    permissions.check_may_announce(by, at=at)
    marks = marks_of(news)
    if marks and not news.kept_why.strip():
        raise NewsMarked("kept_why", marks)
    if needs_second_reader(news.category, marks):
        move(news, NEWS, "offer", by=by, at=at, fields={"said": "", "approved_by": None}, marks=marks)
        news_letters_out.ask_readers(news=news, at=at)
        return news
    move(news, NEWS, "schedule", by=by, at=at, fields={"said": "", "publish_at": _hour(news, at)})
    return _if_due(news, by=by, at=at)


@transaction.atomic
def approve_news(*, news: News, looked_at: int, by: Actor, at: datetime) -> News:
    """Somebody else read it: it may be read. ``looked_at``: how many marked places they looked at, which must be all.

    Raises Forbidden, BadNews, WrongMove, StaleRow.
    """
    permissions.check_may_approve(by, news, at=at)
    if looked_at != marks_of(news):
        raise BadNews("looked_at", _("Look at every marked place, and say so."))
    fields = {"approved_by": casework.queries.staff_behind(by), "publish_at": _hour(news, at)}
    move(news, NEWS, "approve", by=by, at=at, fields=fields, marks=looked_at)
    news_letters_out.tell_writer(news=news, at=at)
    return _if_due(news, by=by, at=at)


@transaction.atomic
def send_news_back(*, news: News, reason: str, by: Actor, at: datetime) -> News:
    """Not like this: its writer reads why. Raises Forbidden, BadNews without a reason, WrongMove, StaleRow."""
    permissions.check_may_approve(by, news, at=at)
    move(news, NEWS, "send_back", by=by, at=at, fields={"said": reason_of(reason)})
    news_letters_out.tell_writer(news=news, at=at)
    return news


def publish_due(*, at: datetime, by: Actor) -> int:
    """Let everybody read what waited for its hour; how many. Each on its own: one that moved meanwhile holds nothing up."""
    rows = News.objects.filter(status=NewsStatus.SCHEDULED, publish_at__lte=at).order_by("publish_at", "pk")
    return sum(_published(news, by=by, at=at) for news in rows)


@transaction.atomic
def withdraw_news(*, news: News, reason: str, by: Actor, at: datetime) -> News:
    """Take it back at once; one pair of eyes is enough. Its words go, and its address says when and why, to everybody.

    Raises Forbidden, BadNews without a reason or where the reason names somebody, WrongMove, StaleRow.
    """
    permissions.check_may_announce(by, at=at)
    said = reason_of(reason)
    if marks := marks_in({"": Said("", said)}):
        raise NewsMarked("reason", marks)
    fields: dict[str, Any] = {"withdrawn_by": casework.queries.staff_behind(by), "withdrawn_at": at, "withdrawn_why": said}
    move(news, NEWS, "withdraw", by=by, at=at, fields=fields)
    news.texts.all().delete()
    news.corrections.filter(applied_at=None, refused_at=None).update(refused_at=at)
    news.corrections.update(notes={}, texts={}, before={})
    settle_changes(timeline=news.timeline_id, at=at)
    return news


@transaction.atomic
def drop_news(*, news: News, by: Actor, at: datetime) -> News:
    """It is not to be said after all, and nobody has read it. Raises Forbidden, WrongMove, StaleRow."""
    permissions.check_may_announce(by, at=at)
    move(news, NEWS, "drop", by=by, at=at)
    return news


def texts_of(news: News) -> dict[str, Said]:
    """Its words as they stand now, by language."""
    return {one.language: Said(one.title, one.text) for one in news.texts.all()}


def marks_of(news: News) -> int:
    """How many places of its words look like personal data."""
    return marks_in(texts_of(news))


def checked(texts: Mapping[str, Said]) -> dict[str, Said]:
    """The words, tidied. Raises BadNews."""
    tidy = tidied(texts)
    if set(tidy) - {code for code, _name in settings.LANGUAGES}:
        raise BadNews("texts", _("We write in the languages of this site only."))
    if any(not (one.title and one.text) for one in tidy.values()) or settings.LANGUAGE_CODE not in tidy:
        raise BadNews("texts", _("Write a title and a text: in the house's language, and in whichever others you can."))
    if any(len(one.text) > TEXT for one in tidy.values()):
        raise BadNews("texts", _("At most %(most)d characters each: put it shortly.") % {"most": TEXT})
    return tidy


def put_texts(news: News, texts: Mapping[str, Said]) -> None:
    """Write its words in place of those before."""
    news.texts.all().delete()
    rows = [NewsText(news=news, language=language, title=one.title, text=one.text) for language, one in sorted(texts.items())]
    NewsText.objects.bulk_create(rows)


def reason_of(reason: str) -> str:
    """A reason, shortened. Raises BadNews."""
    if not reason.strip():
        raise BadNews("reason", _("Say why, in a few words."))
    return reason.strip()[:_REASON]


def _columns(draft: NewsDraft) -> dict[str, Any]:
    return {
        "category": draft.category,
        "publish_at": draft.publish_at,
        "about": draft.about[:40],
        "kept_why": draft.kept_why.strip()[:_REASON],
    }


def _hour(news: News, at: datetime) -> datetime:
    return max(news.publish_at or at, at)


def _if_due(news: News, *, by: Actor, at: datetime) -> News:
    if news.publish_at is not None and news.publish_at <= at:
        move(news, NEWS, "publish", by=by, at=at, fields={"published_at": at}, category=news.category)
    return news


def _published(news: News, *, by: Actor, at: datetime) -> bool:
    try:
        with transaction.atomic():
            move(news, NEWS, "publish", by=by, at=at, fields={"published_at": at}, category=news.category)
    except StaleRow:
        return False
    return True
