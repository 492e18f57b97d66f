"""Announcements, as they are written."""

from notices.models import Announcement
from notices.operations import announcements
from notices.operations.announcements import Draft, Words
from tests.conftest import NOW

WORDS = {"en": Words("New hours", "The hall opens at 8."), "zh-hans": Words("新时间", "营业厅八点开门。")}


def draft(**changes) -> Draft:
    return Draft(**{"texts": WORDS, **changes})


def announced(by, *, at=NOW, publish_at=None, **changes) -> Announcement:
    """Written and scheduled; approved by nobody: below the number that needs it."""
    written = announcements.write_announcement(draft=draft(**changes), by=by.user, at=at)
    return announcements.schedule(announcement=written, publish_at=publish_at, by=by.user, at=at)
