"""What an announcement would say, to how many, and who must agree: before anybody is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from .. import audiences
from ..models import Announcement, Channel
from ..placeholders import filled
from ..queries.announcement_reach import Reach, Wanted, reach_of, wanted_by
from .announcement_rows import LETTER
from .announcements import Draft, needs_approval
from .announcements import Words as Typed
from .wording import Words, words_of


@dataclass(frozen=True)
class Preview:
    """Whom it reaches, whether somebody else must approve it, and its words in each language (code, name, words)."""

    reach: Reach
    needs_approval: bool
    letters: list[tuple[str, str, Words]]


def preview(*, announcement: Announcement, at: datetime) -> Preview:
    """Of one that is written down."""
    texts = {text.language: Typed(text.title, text.text) for text in announcement.texts.all()}
    reach = reach_of(wanted_by(announcement), at=at)
    return Preview(reach, needs_approval(announcement, reach.customers), _letters(texts, announcement.condition, at))


def preview_draft(*, draft: Draft, at: datetime) -> Preview:
    """Of what is only thought of yet: nothing is written."""
    wanted = Wanted(
        paths=sorted(place.path for place in draft.places),
        segments=draft.segments,
        price_classes=draft.price_classes,
        condition=draft.condition,
        ways=draft.ways,
        is_bidden=draft.is_safety or draft.kind == Announcement.Kind.PAYMENT,
    )
    reach = reach_of(wanted, at=at)
    thought = Announcement(is_safety=draft.is_safety)
    return Preview(reach, needs_approval(thought, reach.customers), _letters(draft.texts, draft.condition, at))


def _letters(texts: Mapping[str, Typed], condition: str, at: datetime) -> list[tuple[str, str, Words]]:
    """With the placeholders explained instead of filled in: nobody's own numbers are shown."""
    known = audiences.audiences().get(condition)
    found = []
    for code, name in settings.LANGUAGES:
        words = texts.get(code)
        if words is None or not words.text:
            continue
        said = {place: f"⟨{meaning}⟩" for place, meaning in known.placeholders.items()} if known else {}
        context = {"company": settings.COMPANY["name"], "title": filled(words.title, said), "text": filled(words.text, said)}
        found.append((code, name, words_of(LETTER, channel=Channel.EMAIL, language=code, context=context, at=at)))
    return found
