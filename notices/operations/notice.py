"""What is to be told to whom: the currency in which other rooms speak to this one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from accounts.models import Customer, Staff


@dataclass(frozen=True)
class Line:
    """A phone that is nobody's own: in a vehicle, in a duty room. ``mark`` names it in the message's key, as a person's would."""

    mark: str
    phone: str
    language: str = ""


class Wrapping(TypedDict, total=False):
    """How a notice travels; see Notice."""

    group: str
    about: str | Mapping[str, str]
    link: str
    is_safety: bool
    topic: str


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One thing to tell one person, whichever way they are reached, or one phone by text message.

    ``kind`` is a letter of some app's letters.py and ``context`` what its words are made of; one context object may serve many
    notices, whose ``blanks`` say what its Blanks are for each. ``key`` names the cause (at most 90 characters, no phone, no name);
    the person is added to it. Notices of one ``group`` that one person would get within a minute or so become one digest, counted
    by ``about``: words, or words by language. ``link`` is a path of this site. ``is_safety`` passes quiet hours and budgets.
    With a ``topic`` (Refusal) the reader may stop its like, and is told how; without one it is owed, whatever they wish.
    """

    kind: str
    key: str
    to: Staff | Customer | Line
    context: Mapping[str, Any]
    group: str = ""
    about: str | Mapping[str, str] = ""
    link: str = ""
    is_safety: bool = False
    topic: str = ""
    blanks: Mapping[str, object] = field(default_factory=dict)
