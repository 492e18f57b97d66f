"""Promises in plain words, in the language now active: whom they are for, when somebody is told, who is answerable."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from accounts.amounts import money
from accounts.listing import listed
from accounts.models.customer import Segment
from accounts.models.territory import Area
from accounts.roles import Role
from casework.event_names import event_name
from casework.models import Channel, Urgency

from .amends import Amends
from .conflicts import CONFLICTS
from .policies import LadderStep, Policy
from .roster import OWNER
from .selection import Selects
from .terms import Rung
from .wording import length_in_words

DOCUMENTS: Mapping[str, str | Promise] = {
    "S0": gettext_lazy("service guide of a gas company in Lanling, Shandong"),
    "S1": gettext_lazy("customer service standard of a gas company in Daqing"),
    "S2": gettext_lazy("service rules of a network operator in Bazhong, Sichuan"),
    "S3": gettext_lazy("standard of interactive service of a Russian electricity supplier"),
    "S4": gettext_lazy("property management: rules of special services"),
    "own": gettext_lazy("what we tell customers ourselves"),
}
_KINDS: Mapping[str, str | Promise] = {
    "general_request": gettext_lazy("general requests"),
    "repair": gettext_lazy("repairs"),
    "complaint": gettext_lazy("complaints"),
    "appeal": gettext_lazy("appeals"),
    "application": gettext_lazy("applications"),
    "connection": gettext_lazy("new connections"),
    "restoration": gettext_lazy("restorations"),
    "service_order": gettext_lazy("paid services"),
    "outage": gettext_lazy("outages"),
}
_CLASSES: Mapping[str, str | Promise] = {
    "ordinary": pgettext_lazy("fault", "ordinary"),
    "non_ordinary": gettext_lazy("not ordinary"),
    "pipeline": gettext_lazy("pipeline"),
    "major": gettext_lazy("major"),
    "larger": gettext_lazy("larger"),
    "individual": gettext_lazy("individual customer"),
    "building": gettext_lazy("building main line"),
    "other": gettext_lazy("other"),
}
_DIMENSIONS: Mapping[str, tuple[str | Promise, Mapping[str, str | Promise]]] = {
    "kind": (gettext_lazy("for"), _KINDS),
    "classification": (gettext_lazy("class"), _CLASSES),
    "urgency": (gettext_lazy("urgency"), dict(Urgency.choices)),
    "segment": (gettext_lazy("segment"), dict(Segment.choices)),
    "area": (gettext_lazy("area"), dict(Area.choices)),
    "channel": (gettext_lazy("channel"), dict(Channel.choices)),
}
#: Lines of the promise book that no other promise keeps but something else does.
_KEEPERS: Mapping[str, str | Promise] = {
    "own_period": gettext_lazy("the time of the work in question"),
    "extension": gettext_lazy("the extension of every clock that allows one"),
}


def title(policy: Policy) -> str:
    """What the promise is called."""
    return policy.title(get_language() or "en")


def said(policy: Policy, what: str) -> str:
    """One of its other texts: "from", "until" or "text"."""
    return policy.said(what, get_language() or "en")


def kept_when(policy: Policy) -> str:
    """What has happened once it is kept, for whom it was made to: by which class or area it was chosen is no concern of theirs."""
    done = said(policy, "until")
    return _capital(done) if done else title(policy)


def name(titles: Mapping[str, str], key: str) -> str:
    """What a calendar is called, given its titles."""
    return titles.get(get_language() or "en") or titles.get("en") or key


def role(found: str) -> str:
    """Who is answerable or told."""
    if found == OWNER:
        return _("whoever has it in hand")
    return str(Role(found).label) if found in Role else found


def rung(name: str) -> str:
    """Where a clock stands when this rung rings, as a clause: "half of the time is used up". A repetition ("100%.2") as its rung."""
    found = Rung(name.partition(".")[0])
    if found.percent is not None:
        said = {50: _("half of the time is used up"), 100: _("due now")}
        return said.get(found.percent) or _("%(share)d %% of the time is used up") % {"share": found.percent}
    if found.name == "target":
        return _("the target has passed")
    length = length_in_words(abs(found.offset))
    return (_("%(length)s before it is due") if found.offset < timedelta() else _("overdue by %(length)s")) % {"length": length}


def event(pattern: str) -> str:
    """What the event of a pattern ("case.contacted?by=human") is called; its conditions are not said."""
    return event_name(pattern.partition("?")[0])


def rungs(ladder: Sequence[LadderStep]) -> list[tuple[str, str]]:
    """When somebody is told, and who."""
    return [(_rung(Rung(step.rung)), role(step.role)) for step in ladder]


def selects(found: Selects) -> list[tuple[str, str]]:
    """Whom and what it is for, as pairs of label and values; empty: everybody and everything."""
    return [_selected(dimension, found[dimension]) for dimension in _DIMENSIONS if dimension in found]


def dimension(found: str, values: Iterable[str]) -> tuple[str, list[tuple[str, str]]]:
    """What promises select by, as a field to choose from: its label, and these and its usual values with their names."""
    label, names = _DIMENSIONS[found]
    return str(label), [(value, str(names.get(value, value))) for value in dict.fromkeys([*names, *sorted(values)])]


def conflicts(policy: Policy) -> list[str]:
    """How contradictions of the sources were settled for this promise."""
    return [str(CONFLICTS[one]) for one in policy.notes.get("conflict", ()) if one in CONFLICTS]


def keepers(policy: Policy) -> list[str]:
    """What keeps a rule that has no clock of its own: keys of other promises, or words."""
    return [str(_KEEPERS.get(one, one)) for one in policy.notes.get("kept_by", ())]


def compensation(policy: Policy) -> str:
    """What is paid when it is broken; empty when nothing is."""
    amends = Amends.parse(policy.compensation)
    if not amends.is_on:
        return ""
    told = [money(amends.amount)]
    if amends.step:
        told.append(_("again after every %(length)s") % {"length": length_in_words(amends.step)})
    if amends.cap is not None:
        told.append(_("at most %(amount)s") % {"amount": money(amends.cap)})
    return listed(told)


def readings(policy: Policy) -> list[str]:
    """What its arithmetic takes differently from the plain reading."""
    read = policy.readings
    told = (
        (read.days == "working", _("days are working days")),
        (read.hours == "all" and policy.cut_off is not None, _("hours run on after work ends")),
        (read.extension == "added", _("an extension comes on top of the time")),
        (read.tolerance > timedelta(), _("“at once” and “on the spot” may take %(length)s") % {"length": length_in_words(read.tolerance)}),
    )
    return [sentence for holds, sentence in told if holds]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _selected(dimension: str, values: frozenset[str]) -> tuple[str, str]:
    label, names = _DIMENSIONS[dimension]
    order = [*names, *sorted(values - set(names))]
    return str(label), listed(names.get(value, value) for value in order if value in values)


def _rung(rung: Rung) -> str:
    if rung.percent is not None:
        return _("when the time is up") if rung.percent == 100 else _("at %(share)d %% of the time") % {"share": rung.percent}
    if rung.name == "target":
        return _("when the target has passed")
    length = length_in_words(abs(rung.offset))
    return (_("%(length)s before the time is up") if rung.offset < timedelta() else _("%(length)s after")) % {"length": length}
