"""What a plan must say before applications can go by it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

from .models import Deed
from .stage_order import PLACES
from .states import ConnectionStatus
from .ways_in import LABELS

#: What has to happen to every application, and in which status the stage stands that ends by it.
NEEDED: Mapping[str, str] = {
    Deed.QUOTE: ConnectionStatus.DESIGN,
    Deed.CONTRACT: ConnectionStatus.CONTRACT,
    Deed.PAYMENT: ConnectionStatus.CONTRACT,
    Deed.INSTALLATION: ConnectionStatus.CONSTRUCTION,
    Deed.ACCEPTANCE: ConnectionStatus.ACCEPTANCE,
    Deed.GAS_ON: ConnectionStatus.READY,
}
TEXTS = ("intro", "corrections")
_TEXTS: Mapping[str, str | Promise] = {"intro": _("first words of the notice"), "corrections": _("what happens if the acceptance fails")}
LONGEST = 365

type Row = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a plan from coming into force, said to whoever edits it; ``about`` is a name or a key."""

    sentence: str | Promise
    about: str = ""

    def __str__(self) -> str:
        return str(self.sentence) % {"about": self.about}


def problems(contents: Mapping[str, Any]) -> list[Problem]:
    """Everything that is wrong at once, in the order of the page."""
    return [*_texts(contents["texts"]), *_stages(contents["stages"]), *_papers(contents["papers"]), *_fees(contents["fees"])]


def _texts(texts: Mapping[str, Any]) -> Iterable[Problem]:
    for name in TEXTS:
        if not _is_whole(texts.get(name, {})):
            yield Problem(_("This text is not there in every language: %(about)s."), str(_TEXTS[name]))


def _stages(rows: Sequence[Row]) -> Iterable[Problem]:
    for row in rows:
        yield from _stage(row)
    for deed, status in NEEDED.items():
        label = str(Deed(deed).label)
        ends = [row for row in rows if row["deed"] == deed]
        if not any(row["is_needed"] and not row["is_own"] and not row["is_one_stop"] for row in ends):
            yield Problem(_("No stage that every application needs ends when this happens: %(about)s."), label)
        if any(row["status"] != status for row in ends):
            yield Problem(_("This ends a stage within another part of the way: %(about)s."), label)
    if not any(row["status"] == ConnectionStatus.ACCEPTED and row["is_needed"] for row in rows):
        yield Problem(_("After the acceptance of an application a stage must begin that it needs."))
    if any(row["status"] == ConnectionStatus.CORRECTIONS for row in rows) is False:
        yield Problem(_("There is no stage for corrections after a failed acceptance."))


def _stage(row: Row) -> Iterable[Problem]:
    if not _is_whole(row["names"]):
        yield Problem(_("This stage has no name in every language: %(about)s."), row["key"])
    if row["status"] not in PLACES:
        yield Problem(_("No stage can stand there: %(about)s."), row["key"])
    if row["is_own"] and row["is_one_stop"]:
        yield Problem(_("A stage is for one stop, or for applicants who do it alone, or for both: %(about)s."), row["key"])
    if row["owner"] and row["owner"] not in Role.values:
        yield Problem(_("Nobody works as what does this stage: %(about)s."), row["key"])
    if row["planned_days"] > LONGEST:
        yield Problem(_("Nobody waits longer than a year for one stage: %(about)s."), row["key"])


def _papers(rows: Sequence[Row]) -> Iterable[Problem]:
    for row in rows:
        if not _is_whole(row["names"]):
            yield Problem(_("This paper has no name in every language: %(about)s."), row["key"])
        if row["may_follow"] and not _is_whole(row["consequences"]):
            yield Problem(_("Say in every language what happens if this paper does not follow: %(about)s."), row["key"])
        if any(row["hints"].values()) and not _is_whole(row["hints"]):
            yield Problem(_("The hint for this paper is not there in every language: %(about)s."), row["key"])
        if row["at_survey"] and not row["may_follow"]:
            yield Problem(_("What is handed in at the survey may follow: %(about)s."), row["key"])
        if not set(row["channels"]) <= set(LABELS):
            yield Problem(_("Nobody applies that way: %(about)s."), row["key"])


def _fees(rows: Sequence[Row]) -> Iterable[Problem]:
    for row in rows:
        if not _is_whole(row["names"]):
            yield Problem(_("This fee has no name in every language: %(about)s."), row["key"])
        if not row["amount"]:
            yield Problem(_("This fee has no amount: %(about)s."), row["key"])


def _is_whole(words: Mapping[str, str]) -> bool:
    return all(words.get(language, "").strip() for language, _name in settings.LANGUAGES)
