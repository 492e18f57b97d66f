"""What the site says has changed: from then on a clock runs until better words stand there (T84). Pages, articles, news alike."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import casework.queries
from accounts.actors import Actor
from casework.operations import Step, open_timeline, record

from .. import permissions
from ..models import News, PageChange, SitePage

CHANGED = "page.content_changed"
PUBLISHED = "page.published"
MISTAKEN = "page.change_mistaken"
TIMELINE = "page"


class NoReason(Exception):
    """Nobody can bring something up to date without knowing what has changed."""

    def __init__(self) -> None:
        super().__init__(_("Say what has changed, in a few words."))


@transaction.atomic
def tell_page_changed(*, code: str, reason: str, by: Actor, at: datetime) -> SitePage:
    """What the page of this short name tells of has changed. Raises Forbidden, NoReason."""
    permissions.check_may_write_knowledge(by, at=at)
    page = _held(code)
    step = Step(CHANGED, {"page": code})
    if page.timeline_id is None:
        page.timeline = open_timeline(kind=TIMELINE, steps=[step], by=by, at=at)
        page.save(update_fields=["timeline"])
    else:
        record(timeline_id=page.timeline_id, steps=[step], by=by, at=at)
    note_change(timeline=page.timeline_id or 0, reason=reason, by=by, at=at)
    return page


@transaction.atomic
def tell_news_changed(*, news: News, reason: str, by: Actor, at: datetime) -> None:
    """What a piece of news tells of has changed: it is to be corrected. Raises Forbidden, NoReason."""
    permissions.check_may_write_knowledge(by, at=at)
    record(timeline_id=news.timeline_id, steps=[Step(CHANGED, {"news": news.pk})], by=by, at=at)
    note_change(timeline=news.timeline_id, reason=reason, by=by, at=at)


@transaction.atomic
def confirm_page(*, code: str, is_updated: bool, by: Actor, at: datetime) -> SitePage:
    """Somebody looked at a page: it was brought up to date, or what stands there was right. What waited for it is settled.

    Raises Forbidden.
    """
    permissions.check_may_write_knowledge(by, at=at)
    page = _held(code)
    page.checked_at, page.checked_by = at, casework.queries.staff_behind(by)
    page.updated_at = at if is_updated else page.updated_at
    page.save(update_fields=["checked_at", "checked_by", "updated_at"])
    if page.timeline_id is not None and settle_changes(timeline=page.timeline_id, at=at, was_mistaken=not is_updated):
        step = Step(PUBLISHED, {"page": code}) if is_updated else Step(MISTAKEN, {"page": code})
        record(timeline_id=page.timeline_id, steps=[step], by=by, at=at)
    return page


def touch_page(*, code: str, at: datetime) -> None:
    """Something of a page was changed by the program that keeps it: it says so. In the caller's transaction."""
    page = _held(code)
    page.updated_at = at
    page.save(update_fields=["updated_at"])


def note_change(*, timeline: int, reason: str, by: Actor, at: datetime) -> None:
    """Keep what has changed beside the event. In the caller's transaction. Raises NoReason."""
    if not reason.strip():
        raise NoReason
    said_by = casework.queries.staff_behind(by)
    PageChange.objects.create(timeline_id=timeline, reason=reason.strip()[:300], told_by=said_by, told_at=at)


def settle_changes(*, timeline: int, at: datetime, was_mistaken: bool = False) -> int:
    """Nothing is waited for any more; how many changes were. In the caller's transaction."""
    return PageChange.objects.filter(timeline=timeline, settled_at=None).update(settled_at=at, was_mistaken=was_mistaken)


def _held(code: str) -> SitePage:
    page, _created = SitePage.objects.get_or_create(code=code)
    return SitePage.objects.select_for_update(no_key=True).get(pk=page.pk)
