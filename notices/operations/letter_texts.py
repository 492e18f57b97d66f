"""Write other words for a letter: a draft for each language, looked at, then given a day. What holds is never edited."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import letter_words, permissions, registry
from ..letter_words import TemplateCode, UnknownPlaceholder
from ..models import LetterText
from ..queries import letter_texts


class BadWords(Exception):
    """The words cannot be sent; str() says why."""


class NoDraft(Exception):
    """Nothing is being written for this letter in this language, or somebody has published it meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("There is no draft of these words (any more). Look again."))


class DayGone(Exception):
    """What was sent stays as it was sent."""

    def __init__(self) -> None:
        super().__init__(_("New words hold from now on or later."))


@dataclass(frozen=True, kw_only=True)
class NewWords:
    """What a letter is to say. An empty text means the delivered words."""

    kind: str
    language: str
    text: str
    subject: str = ""


@transaction.atomic
def draft_words(*, words: NewWords, by: Actor, at: datetime) -> LetterText:
    """Keep words as the draft of a letter in one language, in place of the draft before. Raises BadWords, UnknownLetter, Forbidden."""
    permissions.check_may_write_letters(by, at=at)
    _check(words)
    rows = LetterText.objects.filter(kind=words.kind, language=words.language)
    newest = rows.aggregate(Max("number"))["number__max"] or 0
    content = {"subject": words.subject.strip()[:200], "text": words.text.strip(), "written_by": by.actor_label, "written_at": at}
    draft, _created = LetterText.objects.update_or_create(
        kind=words.kind, language=words.language, effective_from=None, defaults=content, create_defaults={**content, "number": newest + 1}
    )
    return draft


@transaction.atomic
def publish_words(*, draft: LetterText, effective_from: datetime, reason: str, by: Actor, at: datetime) -> LetterText:
    """Let a draft hold from a moment on, now or later. Raises NoDraft, DayGone, BadWords, Forbidden."""
    permissions.check_may_write_letters(by, at=at)
    if effective_from < at:
        raise DayGone
    if not reason.strip():
        raise BadWords(_("Say why, in a few words."))
    _check(NewWords(kind=draft.kind, language=draft.language, text=draft.text, subject=draft.subject))
    # As it was looked at: words that somebody wrote meanwhile are looked at first.
    rows = LetterText.objects.filter(pk=draft.pk, effective_from=None, text=draft.text, subject=draft.subject)
    if not rows.update(effective_from=effective_from, reason=reason.strip()[:200], written_by=by.actor_label, written_at=at):
        raise NoDraft
    letter_texts.forget()
    draft.refresh_from_db()
    return draft


@transaction.atomic
def discard_words(*, draft: LetterText, by: Actor, at: datetime) -> None:
    """Throw a draft away. Raises NoDraft, Forbidden."""
    permissions.check_may_write_letters(by, at=at)
    if not LetterText.objects.filter(pk=draft.pk, effective_from=None).delete()[0]:
        raise NoDraft


def _check(words: NewWords) -> None:
    letter = registry.letter(words.kind)
    if letter.is_secret:
        raise BadWords(_("The words of codes are not changed here."))
    text, subject = (letter_words.placeholders(letter_words.delivered(letter, name)) for name in (words.kind, f"{words.kind}.subject"))
    allowed = {*text, *subject}
    try:
        letter_words.check(words.text, allowed)
        letter_words.check(words.subject, allowed)
    except UnknownPlaceholder as bad:
        raise BadWords(_("This placeholder does not exist in this letter: %(name)s.") % {"name": f"{{{{ {bad} }}}}"}) from None
    except TemplateCode:
        raise BadWords(_("Only words and placeholders may stand here.")) from None
    # What is written about a case is found by its reference when the case is erased.
    if words.text.strip() and "reference" in text and "reference" not in letter_words.placeholders(words.text):
        raise BadWords(_("These words must name the reference: {{ reference }}."))
