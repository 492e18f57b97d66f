"""Which events some part of the system records: a promise that listens to another one waits for it for ever."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.listing import listed
from casework.event_names import event_names

from . import patterns
from .event_names import COMING
from .models import Nature, PromiseVersion


def is_recorded(verb: str) -> bool:
    """Whether a room names it as its own. (tests/house holds the names against what the code records.)"""
    name = event_names().get(verb)
    return name is not None and name is not COMING.get(verb)


def unheard(texts: Iterable[str]) -> list[str]:
    """The verbs of these patterns that nobody records, each once; patterns that cannot be read are left out."""
    return [verb for verb in dict.fromkeys(_verbs(texts)) if not is_recorded(verb)]


def cautions(version: PromiseVersion, before: PromiseVersion) -> list[str]:
    """What whoever wrote a version should know, though it may be meant: sentences. Of events only those that it adds."""
    added = [verb for verb in unheard(_listens_to(version)) if verb not in set(_verbs(_listens_to(before)))]
    said = []
    if added:
        said.append(_("No part of the system records this event yet: %(verbs)s. A clock waits for it for ever.") % {"verbs": listed(added)})
    if version.promise.nature != Nature.RULE and not version.starts_on:
        said.append(_("Nothing starts this clock."))
    if version.pauses_on and not version.resumes_on:
        said.append(_("It waits, and nothing lets it go on."))
    return said


def _listens_to(version: PromiseVersion) -> list[str]:
    return [*version.starts_on, *version.stops_on, *version.pauses_on, *version.resumes_on, *version.withdrawn_on]


def _verbs(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        try:
            yield patterns.parse(text).verb
        except patterns.BadPattern:
            continue
