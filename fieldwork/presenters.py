"""What happens to visits, in the words of a case's timeline."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Staff
from casework.presenters import Namer, Telling, Told, say

from .models import Crew, VisitOutcome, VisitPurpose


def _then(sentence: Promise | Callable[[Told], str]) -> Callable[[Told], str]:
    """A step at the door; where we heard of it later, with the moment it was done."""

    def told_later(told: Told) -> str:
        what = say(sentence, told)
        if not told.get("happened_at"):
            return what
        when = date_format(localtime(datetime.fromisoformat(told["happened_at"])), "TIME_FORMAT")
        return _("%(what)s (done at %(when)s, told later)") % {"what": what, "when": when}

    return told_later


def _told(sentence: Promise | Callable[[Told], str]) -> Callable[[Told], str]:
    """For staff: the same, and who said so over the radio, where a dispatcher wrote it down for them."""
    told_later = _then(sentence)

    def told_by_radio(told: Told) -> str:
        what = told_later(told)
        return _("%(what)s (told by radio: %(name)s)") % {"what": what, "name": told["told_by"]} if told.get("told_by") else what

    return told_by_radio


def _asked(told: Told) -> str:
    return _("A visit was asked for: %(purpose)s") % {"purpose": VisitPurpose(told["purpose"]).label}


def _late(told: Told) -> str:
    if told.get("minutes") is None:
        return _("No crew of the territory is out")
    return _("No crew of the territory can be there in time, the soonest in %(minutes)s min") % told


def _still_nobody(told: Told) -> str:
    said = ngettext(
        "Nobody goes after %(count)s minute; the dispatchers were told again",
        "Nobody goes after %(count)s minutes; the dispatchers were told again",
        told["minutes"],
    )
    return said % {"count": told["minutes"]}


def _finished(told: Told) -> str:
    return _("%(crew)s has finished: %(outcome)s") % {**told, "outcome": VisitOutcome(told["outcome"]).label}


def _finished_with_you(told: Told) -> str:
    return _("The crew has finished: %(outcome)s") % {"outcome": VisitOutcome(told["outcome"]).label}


def _tellers(keys: Collection[int]) -> Mapping[int, str]:
    return {staff.pk: staff.name for staff in Staff.objects.filter(pk__in=keys)}


def _crews(keys: Collection[int]) -> Mapping[int, str]:
    return {crew.pk: str(crew) for crew in Crew.objects.filter(pk__in=keys)}


def _between(told: Told) -> dict[str, str]:
    starts, until = (localtime(datetime.fromisoformat(told[name])) for name in ("starts", "until"))
    return {"day": date_format(starts, "DATE_FORMAT"), "from": date_format(starts, "H:i"), "until": date_format(until, "H:i")}


def _agreed(told: Told) -> str:
    return _("A time is agreed: %(day)s, %(from)s–%(until)s") % _between(told)


def _late_for_you(told: Told) -> str:
    return _("The time agreed has passed and we are not there yet: %(day)s, %(from)s–%(until)s") % _between(told)


def _missed(told: Told) -> str:
    return _("We missed the time agreed: %(day)s, %(from)s–%(until)s") % _between(told)


def _meter_read(told: Told) -> str:
    volume = number_format(told["litres"] / 1_000, use_l10n=True, force_grouping=True)
    return _("The crew has read the meter: %(volume)s m³") % {"volume": volume}


_ANOTHER = gettext_lazy("Another crew will come")
NAMERS: Mapping[str, Namer] = {"crew": _crews, "told_by": _tellers}
PRESENTERS: Mapping[str, Telling] = {
    "visit.asked": Telling(_asked),
    "visit.offer": Telling(gettext_lazy("%(crew)s was asked to go")),
    "visit.late_foreseen": Telling(_late),
    "visit.nobody_left": Telling(gettext_lazy("No crew is left to be asked; the dispatchers were told")),
    "visit.still_nobody": Telling(_still_nobody),
    "visit.lapse": Telling(gettext_lazy("%(crew)s did not answer in time")),
    "visit.decline": Telling(_then(gettext_lazy("%(crew)s declined"))),
    "visit.recall": Telling(gettext_lazy("Taken back from %(crew)s")),
    "visit.accept": Telling(_told(gettext_lazy("%(crew)s has taken it on")), gettext_lazy("A crew has taken it on")),
    "visit.set_off": Telling(_told(gettext_lazy("%(crew)s is on its way")), gettext_lazy("The crew is on its way")),
    "visit.arrive": Telling(_told(gettext_lazy("%(crew)s has arrived")), _then(gettext_lazy("The crew has arrived"))),
    "visit.made_safe": Telling(_told(gettext_lazy("%(crew)s has made the place safe")), gettext_lazy("The place has been made safe")),
    "visit.restored": Telling(_told(gettext_lazy("%(crew)s has turned the gas on again")), gettext_lazy("Gas is on again")),
    "visit.give_back": Telling(_told(gettext_lazy("%(crew)s gave the visit back")), _ANOTHER),
    "visit.finish": Telling(_told(_finished), _then(_finished_with_you)),
    "visit.find_nobody": Telling(_told(gettext_lazy("%(crew)s found nobody")), _then(gettext_lazy("The crew came and found nobody"))),
    "visit.meter_read": Telling(_then(_meter_read), _then(_meter_read)),
    "visit.signed": Telling(_then(gettext_lazy("The customer signed")), gettext_lazy("You signed for the work")),
    "visit.contact_shown": Telling(gettext_lazy("The crew looked up whom to ring")),
    "appointment.agreed": Telling(_agreed, _agreed),
    "appointment.moved": Telling(
        gettext_lazy("The time agreed before is given up for another one"), gettext_lazy("Another time was agreed")
    ),
    "appointment.cancelled": Telling(gettext_lazy("The time agreed is given up"), gettext_lazy("The time agreed is given up")),
    "appointment.kept": Telling(gettext_lazy("The crew came at the time agreed"), gettext_lazy("We came at the time agreed")),
    "appointment.late": Telling(gettext_lazy("The time agreed has passed and nobody is there; the customer is told"), _late_for_you),
    "appointment.missed": Telling(_missed, _missed),
    "appointment.nobody_home": Telling(
        gettext_lazy("Nobody was home at the time agreed; another time is offered"),
        gettext_lazy("We came at the time agreed and nobody was home"),
    ),
    "visit.cancel": Telling(gettext_lazy("The visit was called off"), gettext_lazy("The visit was called off")),
}
