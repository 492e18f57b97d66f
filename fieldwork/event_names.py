"""What the events of visits and appointments are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENT_NAMES: Mapping[str, str | Promise] = {
    "visit.asked": _("a visit was asked for"),
    "visit.offer": _("the visit was offered to a crew"),
    "visit.late_foreseen": _("nobody can be there in time"),
    "visit.nobody_left": _("no crew is left to be asked"),
    "visit.still_nobody": _("still nobody goes"),
    "visit.lapse": _("the crew did not answer in time"),
    "visit.decline": _("the crew declined the visit"),
    "visit.recall": _("the visit was taken back from the crew"),
    "visit.accept": _("the crew took the visit on"),
    "visit.set_off": _("the crew set off"),
    "visit.arrive": _("the crew arrived"),
    "visit.made_safe": _("the place was made safe"),
    "visit.restored": _("gas was turned on again at the place"),
    "visit.evidence": _("a photo or a reading was added"),
    "visit.meter_read": _("the crew read the meter"),
    "visit.signed": _("the customer signed"),
    "visit.work_added": _("work or parts were noted"),
    "visit.work_struck": _("a line of work or parts was struck out"),
    "visit.contact_shown": _("the crew was shown whom to call"),
    "visit.give_back": _("the crew gave the visit back"),
    "visit.finish": _("the crew finished"),
    "visit.find_nobody": _("the crew found nobody"),
    "visit.cancel": _("the visit was called off"),
    "appointment.agreed": _("an appointment was agreed"),
    "appointment.moved": _("the appointment was moved"),
    "appointment.cancelled": _("the appointment was called off"),
    "appointment.kept": _("the appointment was kept"),
    "appointment.late": _("the time of the appointment had passed and nobody was there"),
    "appointment.missed": _("the appointment was missed by us"),
    "appointment.nobody_home": _("nobody was home at the appointment"),
}
