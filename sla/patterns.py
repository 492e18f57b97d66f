"""Which events a promise listens to: ``verb`` or ``verb?fact=value&fact!=value``, a value being ``a`` or ``a|b``. Pure.

Facts are compared as text, yes and no as 1 and 0. ``fact=value`` wants the fact to be there; ``fact!=value`` is content without it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_VERB = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_TERM = re.compile(r"([a-z][a-z0-9_]*)(!?=)([A-Za-z0-9_.%+-]+(?:\|[A-Za-z0-9_.%+-]+)*)")


class BadPattern(ValueError):
    """The text is no pattern of an event; ``text`` is what stood there, ``word`` the part of it that cannot be read."""

    def __init__(self, text: str, word: str) -> None:
        self.text, self.word = text, word
        super().__init__(f"not an event pattern: {text!r}")


@dataclass(frozen=True)
class Term:
    """One condition on one fact: among the values, or (``is_negated``) not among them."""

    fact: str
    values: frozenset[str]
    is_negated: bool = False

    def holds(self, facts: Mapping[str, Any]) -> bool:
        """Whether these facts meet the condition."""
        return (self.fact in facts and _as_text(facts[self.fact]) in self.values) != self.is_negated


@dataclass(frozen=True)
class Pattern:
    """A verb, and conditions that must all hold."""

    verb: str
    terms: tuple[Term, ...] = ()

    def matches(self, verb: str, facts: Mapping[str, Any]) -> bool:
        """Whether an event is one of these."""
        return verb == self.verb and all(term.holds(facts) for term in self.terms)


def parse(text: str) -> Pattern:
    """Raises BadPattern."""
    verb, question, conditions = text.partition("?")
    if not _VERB.fullmatch(verb) or (question and not conditions):
        raise BadPattern(text, text if _VERB.fullmatch(verb) else verb)
    return Pattern(verb, tuple(_term(one, text) for one in conditions.split("&")) if conditions else ())


def match(patterns: Iterable[Pattern], verb: str, facts: Mapping[str, Any]) -> bool:
    """Whether any of the patterns matches."""
    return any(pattern.matches(verb, facts) for pattern in patterns)


def _term(text: str, whole: str) -> Term:
    found = _TERM.fullmatch(text)
    if not found:
        raise BadPattern(whole, text or whole)
    return Term(found[1], frozenset(found[3].split("|")), is_negated=found[2] == "!=")


def _as_text(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
