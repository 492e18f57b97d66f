"""Correct what everybody could read already, so that everybody sees that it was corrected, when, and what stood there before."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

import casework.queries
from accounts.actors import Actor
from casework.operations import StaleRow, Step, amend

from .. import announcement_permissions as permissions
from ..models import News, NewsCorrection
from ..news_rules import Said, marks_in, needs_second_reader
from . import news_letters_out
from .news import checked, put_texts, reason_of, texts_of
from .news_refusals import BadNews, NewsMarked
from .page_changes import settle_changes


@transaction.atomic
def correct_news(*, news: News, texts: Mapping[str, Said], notes: Mapping[str, str], by: Actor, at: datetime) -> NewsCorrection:
    """Better words, with what was wrong by language (``notes``). Where the news needed a second reader, so does this.

    Raises Forbidden, BadNews where nothing changes, nothing is said of it, it names somebody, or another correction waits; StaleRow.
    """
    permissions.check_may_announce(by, at=at)
    News.objects.select_for_update(no_key=True).get(pk=news.pk)  # two who correct at once: the second reads that one waits
    tidy, said = checked(texts), {language: note.strip()[:300] for language, note in notes.items() if note.strip()}
    _check(news, tidy, said)
    row = NewsCorrection(
        news=news,
        number=news.corrections.count() + 1,
        notes=said,
        texts={language: asdict(one) for language, one in tidy.items()},
        proposed_by=casework.queries.staff_behind(by),
        proposed_at=at,
    )
    row.save(force_insert=True)
    if needs_second_reader(news.category, 0):
        amend(news, fields={}, steps=[Step("news.correction_proposed", {"number": row.number})], by=by, at=at)
        news_letters_out.ask_readers(news=news, at=at)
    else:
        _apply(row, by=by, at=at)
    return row


@transaction.atomic
def apply_correction(*, correction: NewsCorrection, by: Actor, at: datetime) -> NewsCorrection:
    """Somebody else read the better words: they stand there from now on. Raises Forbidden, StaleRow."""
    _check_other(correction, by, at=at)
    _apply(correction, by=by, at=at)
    return correction


@transaction.atomic
def refuse_correction(*, correction: NewsCorrection, reason: str, by: Actor, at: datetime) -> NewsCorrection:
    """The words stay as they are. Whoever proposed it may take it back so too. Raises Forbidden, BadNews, StaleRow."""
    permissions.check_may_announce(by, at=at)
    said = reason_of(reason)
    waits = NewsCorrection.objects.filter(pk=correction.pk, applied_at=None, refused_at=None)
    if not waits.update(refused_at=at, refused_why=said):
        raise StaleRow
    amend(correction.news, fields={}, steps=[Step("news.correction_refused", {"number": correction.number})], by=by, at=at)
    correction.refresh_from_db()
    return correction


def _check(news: News, texts: Mapping[str, Said], notes: Mapping[str, str]) -> None:
    if not news.is_published:
        raise BadNews("texts", _("Only what everybody reads is corrected."))
    if texts == texts_of(news):
        raise BadNews("texts", _("These are the words that stand there already."))
    if not notes.get(settings.LANGUAGE_CODE):
        raise BadNews("notes", _("Say what was wrong, in the house's language at least: everybody reads it."))
    said = {language: Said("", note) for language, note in notes.items()}
    # What was let out with a reason may stay; nothing may come to it this way.
    more = marks_in(texts) + marks_in(said)
    if more > marks_in(texts_of(news)):
        raise NewsMarked("texts", more)
    if news.corrections.filter(applied_at=None, refused_at=None).exists():
        raise BadNews("texts", _("Another correction waits for its second reader: that one first."))


def _check_other(correction: NewsCorrection, by: Actor, *, at: datetime) -> None:
    permissions.check_may_approve(by, correction, at=at)


def _apply(row: NewsCorrection, *, by: Actor, at: datetime) -> None:
    news, before = row.news, texts_of(row.news)
    waits = NewsCorrection.objects.filter(pk=row.pk, applied_at=None, refused_at=None)
    kept = {language: asdict(one) for language, one in before.items()}
    if not waits.update(applied_at=at, applied_by=casework.queries.staff_behind(by), before=kept):
        raise StaleRow
    steps = [Step("news.corrected", {"number": row.number}), Step("page.published", {"number": row.number})]
    amend(news, fields={"corrected_at": at}, steps=steps, by=by, at=at)
    put_texts(news, {language: Said(**one) for language, one in row.texts.items()})
    settle_changes(timeline=news.timeline_id, at=at)
    row.refresh_from_db()
