"""Let an article be read, be looked at again in time, and be withdrawn. The search follows in the same transaction."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.clock import business_date
from casework.operations import Step, open_timeline, record

from .. import permissions
from ..models import Article, ArticleText
from .knowledge_index import put_up, take_down
from .knowledge_writing import NoSuchDraft, NothingWritten
from .page_changes import CHANGED, PUBLISHED, note_change, settle_changes

TIMELINE = "article"


class OwnWords(permissions.Forbidden):
    """What somebody wrote, somebody else publishes."""

    def __init__(self) -> None:
        super().__init__(_("You wrote this yourself: somebody else looks at it and publishes it."))


class PermanentArticle(Exception):
    """The safety text stays whatever happens."""

    def __init__(self) -> None:
        super().__init__(_("This article is permanent: write better words for it, but it stays."))


class AlreadyWithdrawn(Exception):
    """It is withdrawn already."""

    def __init__(self) -> None:
        super().__init__(_("This article is withdrawn already."))


@transaction.atomic
def publish_text(*, text: ArticleText, by: Actor, at: datetime) -> ArticleText:
    """Let a draft be read from now on, in place of the text before; a change that was told of is thereby published (T84).

    Raises OwnWords, NoSuchDraft, AlreadyWithdrawn, Forbidden.
    """
    permissions.check_may_publish_knowledge(by, at=at)
    if text.written_by == by.actor_label:
        raise OwnWords
    article = _held(text.article_id)
    if article.withdrawn_at is not None:
        raise AlreadyWithdrawn
    for before in ArticleText.objects.filter(article=article, language=text.language, is_current=True).select_related("article"):
        ArticleText.objects.filter(pk=before.pk).update(is_current=False)
        take_down(before)
    # As it was looked at: words that were changed meanwhile are looked at first.
    rows = ArticleText.objects.filter(pk=text.pk, published_at=None, written_at=text.written_at)
    if not rows.update(published_at=at, published_by=by.actor_label, is_current=True, offered_at=None, returned_why=""):
        raise NoSuchDraft
    text.refresh_from_db()
    put_up([text])
    if text.language == article.source_language:
        confirm_review(article=article, by=by, at=at)
    if article.timeline_id is not None:
        record(timeline_id=article.timeline_id, steps=[Step(PUBLISHED, {"language": text.language, "number": text.number})], by=by, at=at)
        settle_changes(timeline=article.timeline_id, at=at)
    return text


@transaction.atomic
def tell_change(*, article: Article, reason: str, by: Actor, at: datetime) -> None:
    """What an article tells of has changed: from now on a clock runs until better words are published (T84). Raises Forbidden, NoReason."""
    permissions.check_may_write_knowledge(by, at=at)
    step = Step(CHANGED, {"article": article.pk, "section": article.section})
    held = _held(article.pk)
    if held.timeline_id is None:
        held.timeline = open_timeline(kind=TIMELINE, steps=[step], by=by, at=at)
        held.save(update_fields=["timeline"])
    else:
        record(timeline_id=held.timeline_id, steps=[step], by=by, at=at)
    note_change(timeline=held.timeline_id or 0, reason=reason, by=by, at=at)


@transaction.atomic
def confirm_review(*, article: Article, by: Actor, at: datetime) -> None:
    """Somebody looked: it still holds, until the next look. Raises Forbidden."""
    permissions.check_may_write_knowledge(by, at=at)
    Article.objects.filter(pk=article.pk).update(review_by=business_date(at) + timedelta(days=article.review_days), reminded_for=None)


@transaction.atomic
def withdraw_article(*, article: Article, why: str, by: Actor, at: datetime) -> None:
    """Let nobody read it any more; its address says that there was one.

    Raises PermanentArticle, AlreadyWithdrawn, NothingWritten, Forbidden.
    """
    permissions.check_may_publish_knowledge(by, at=at)
    if article.is_permanent:
        raise PermanentArticle
    if not why.strip():
        raise NothingWritten
    held = _held(article.pk)
    if held.withdrawn_at is not None:
        raise AlreadyWithdrawn
    Article.objects.filter(pk=held.pk).update(withdrawn_at=at, withdrawn_by=by.actor_label, withdrawn_why=why.strip()[:200])
    for text in ArticleText.objects.filter(article=held, is_current=True):
        take_down(text)
    ArticleText.objects.filter(article=held, is_current=True).update(is_current=False)
    if held.timeline_id is not None:
        record(timeline_id=held.timeline_id, steps=[Step(PUBLISHED, {"withdrawn": 1})], by=by, at=at)
        settle_changes(timeline=held.timeline_id, at=at)


def _held(article: int) -> Article:
    return Article.objects.select_for_update(no_key=True).get(pk=article)
