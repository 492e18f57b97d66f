"""The words of a letter, made once for all who read it in the same language."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.template import Context, Engine
from django.utils.translation import get_supported_language_variant, override
from django.utils.translation import gettext as _

from .. import letter_words, registry
from ..letter import Letter
from ..models import Channel
from ..queries import letter_texts
from ..way_out import WayOut

log = logging.getLogger(__name__)

_NONE: Mapping[str, object] = {}
#: Short channels have no subject line.
_WITHOUT_SUBJECT = {Channel.SMS, Channel.VOICE, Channel.WEBHOOK}


class Words(NamedTuple):
    """What a message says."""

    subject: str
    text: str


def words_of(kind: str, *, channel: str, language: str, context: Mapping[str, Any], at: datetime) -> Words:
    """A letter in one language, as its words are at a moment. Raises UnknownLetter."""
    return Typist(at).words_of(kind, channel=channel, language=language, context=context)


def farewell(way_out: WayOut, *, language: str) -> str:
    """How such messages are stopped, in the reader's language, as their channel can say it; nothing in the cabinet, where the page does."""
    with override(language):
        if way_out.channel == Channel.SMS:
            return "\n" + _("Stop: %(link)s") % {"link": way_out.address}
        if way_out.channel == Channel.VOICE:
            return " " + _("To hear no more of these messages, ring %(phone)s.") % {"phone": settings.COMPANY["office_phone"]}
        if way_out.channel == Channel.EMAIL:
            return "\n\n-- \n" + _("You do not want such messages any more? Stop them here: %(link)s") % {"link": way_out.address}
    return ""


def supported(language: str) -> str:
    """The language if we speak it, else the house's."""
    try:
        return get_supported_language_variant(language)
    except LookupError:
        return settings.LANGUAGE_CODE


@dataclass(frozen=True)
class Blank:
    """Stands in a context that many notices share for what differs from one to the next; filled in as each is written.

    True like what it stands for: where that may be missing, another context says so.
    """

    name: str

    def __str__(self) -> str:
        # A private mark, which no text of a letter and no name has.
        return f"\ue000{self.name}\ue000"


@dataclass
class Typist:
    """Remembers what it wrote while a batch of notices is made: a thousand people read the same letter, on paper or on the phone."""

    at: datetime
    _seen: dict[tuple[str, str, int], tuple[str, Mapping[str, Any]]] = field(default_factory=dict)

    def words_of(
        self, kind: str, *, channel: str, language: str, context: Mapping[str, Any], blanks: Mapping[str, object] = _NONE
    ) -> Words:
        """As the function of that name. ``context`` must not change while the batch is made; ``blanks`` fill its Blanks in."""
        letter = registry.letter(kind)
        with override(language):
            has_subject = not letter.is_secret and channel not in _WITHOUT_SUBJECT
            subject = self._once(letter, f"{kind}.subject", language, context) if has_subject else ""
            return Words(_line(_filled(subject, blanks)), _filled(self._once(letter, kind, language, context), blanks))

    def _once(self, letter: Letter, name: str, language: str, context: Mapping[str, Any]) -> str:
        mark = (name, language, id(context))
        if mark not in self._seen:
            # The context is kept beside its words: an id may be given to another object once its owner is gone.
            self._seen[mark] = self._render(letter, name, language, context), context
        return self._seen[mark][0]

    def _render(self, letter: Letter, name: str, language: str, context: Mapping[str, Any]) -> str:
        """With the words that an administrator wrote, where there are any; a mistake in those must not stop the message."""
        kind, _dot, part = name.partition(".")
        own = letter_texts.in_force(kind, language, self.at)
        words = (own.subject if part else own.text) if own else ""
        if words:
            try:
                return letter_words.render(words, letter_words.delivered(letter, name), context)
            except letter_words.TemplateCode:
                log.exception("the words of a letter cannot be read", extra={"kind": kind, "language": language})
        return _render(letter, name, context)


def _filled(words: str, blanks: Mapping[str, object]) -> str:
    for name, value in blanks.items():
        words = words.replace(str(Blank(name)), str(value))
    return words


def _line(words: str) -> str:
    return " ".join(words.split())[:200]


def _render(letter: Letter, name: str, context: Mapping[str, Any]) -> str:
    template = Engine.get_default().get_template(f"{letter.folder}/letters/{name}.txt")
    return template.render(Context(dict(context), autoescape=False)).strip()
