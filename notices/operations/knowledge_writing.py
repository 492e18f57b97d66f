"""Write articles: a draft for each language, looked at by somebody else, who publishes it or sends it back. What is out is never edited."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.clock import business_date

from .. import permissions
from ..models import Article, ArticleText, Audience


class NothingWritten(Exception):
    """An article has a title and an answer."""

    def __init__(self) -> None:
        super().__init__(_("Write a title and an answer."))


class NameTaken(Exception):
    """Another article has this short name."""

    def __init__(self) -> None:
        super().__init__(_("There is an article of this short name already."))


class NoSuchDraft(Exception):
    """Nothing is being written in this language, or somebody changed, published or threw it away meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This draft is not as you saw it any more. Look again."))


@dataclass(frozen=True, kw_only=True)
class NewArticle:
    """What is settled about an article before its words. ``department`` is the role whose people answer for it."""

    slug: str
    section: str
    department: str
    audience: str = Audience.PUBLIC
    is_common: bool = False
    review_days: int = 180


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What an article says in one language; ``words`` is what else people call it."""

    language: str
    title: str
    body: str
    words: str = ""
    reason: str = ""


@transaction.atomic
def begin_article(*, article: NewArticle, wording: Wording, by: Actor, at: datetime) -> Article:
    """A new article with its first draft, in the language it is written in. Raises NameTaken, NothingWritten, Forbidden."""
    permissions.check_may_write_knowledge(by, at=at)
    slug = slugify(article.slug)[:60]
    if not slug:
        raise NothingWritten
    fields = {name: getattr(article, name) for name in ("section", "department", "audience", "is_common", "review_days")}
    review_by = business_date(at) + timedelta(days=article.review_days)
    row = Article(slug=slug, source_language=wording.language, created_at=at, review_by=review_by, **fields)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:
        raise NameTaken from taken
    draft_text(article=row, wording=wording, by=by, at=at)
    return row


@transaction.atomic
def draft_text(*, article: Article, wording: Wording, by: Actor, at: datetime) -> ArticleText:
    """Keep words as the draft of an article in a language, in place of the draft before. Raises NothingWritten, Forbidden.

    A translation notes which version of the source it follows: the one that is current now.
    """
    permissions.check_may_write_knowledge(by, at=at)
    if not wording.title.strip() or not wording.body.strip():
        raise NothingWritten
    content = {
        "title": wording.title.strip()[:160],
        "body": wording.body.strip().replace("\r\n", "\n"),
        "words": wording.words.strip()[:400],
        "reason": wording.reason.strip()[:200],
        "source_number": _source_number(article, wording.language),
        "written_by": by.actor_label,
        "written_at": at,
        "offered_at": None,
        "returned_why": "",
    }
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)  # two who begin at once get one draft
    newest = article.texts.filter(language=wording.language).aggregate(Max("number"))["number__max"] or 0
    draft, _created = ArticleText.objects.update_or_create(
        article=article, language=wording.language, published_at=None, defaults=content, create_defaults={**content, "number": newest + 1}
    )
    return draft


@transaction.atomic
def offer_text(*, text: ArticleText, by: Actor, at: datetime) -> None:
    """Ask somebody else to look at a draft and publish it. Raises NoSuchDraft, Forbidden."""
    permissions.check_may_write_knowledge(by, at=at)
    _change(text, offered_at=at, returned_why="")


@transaction.atomic
def send_back(*, text: ArticleText, why: str, by: Actor, at: datetime) -> None:
    """Give an offered draft back to its writer with what is to be changed. Raises NothingWritten, NoSuchDraft, Forbidden."""
    permissions.check_may_publish_knowledge(by, at=at)
    if not why.strip():
        raise NothingWritten
    _change(text, offered_at=None, returned_why=why.strip()[:300])


@transaction.atomic
def discard_text(*, text: ArticleText, by: Actor, at: datetime) -> None:
    """Throw a draft away. Raises NoSuchDraft, Forbidden."""
    permissions.check_may_write_knowledge(by, at=at)
    if not ArticleText.objects.filter(pk=text.pk, published_at=None, written_at=text.written_at).delete()[0]:
        raise NoSuchDraft


def _change(text: ArticleText, **values: object) -> None:
    """As it was looked at: what somebody wrote meanwhile is looked at first."""
    if not ArticleText.objects.filter(pk=text.pk, published_at=None, written_at=text.written_at).update(**values):
        raise NoSuchDraft


def _source_number(article: Article, language: str) -> int | None:
    if language == article.source_language:
        return None
    rows = article.texts.filter(language=article.source_language, is_current=True)
    return rows.values_list("number", flat=True).first()
