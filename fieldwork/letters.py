"""What visits make us write to crews and dispatchers, and appointments to customers."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_CREW = (Channel.INBOX, Channel.SMS)
_DISPATCHER = (Channel.INBOX, Channel.SMS, Channel.EMAIL, Channel.VOICE)
_CUSTOMER = (Channel.SMS, Channel.EMAIL, Channel.CABINET)
#: Later than this nobody goes by it any more.
_SHORT = timedelta(hours=1)
#: Whoever waited at home knows by then.
_EVENING = timedelta(hours=12)

LETTERS = {
    "visit_offered": Letter("fieldwork", _CREW, _("a visit is offered to a crew"), lives=_SHORT),
    "visit_recalled": Letter("fieldwork", _CREW, _("a visit is taken back from a crew"), lives=_SHORT),
    "visit_late_foreseen": Letter("fieldwork", _DISPATCHER, _("nobody can be there in time"), lives=_SHORT),
    "visit_nobody_left": Letter("fieldwork", _DISPATCHER, _("no crew takes a visit"), lives=_SHORT),
    "visit_given_back": Letter("fieldwork", _DISPATCHER, _("a crew gave a visit back"), lives=timedelta(hours=8)),
    "visit_does_not_fit": Letter("fieldwork", _CREW, _("an agreed time does not fit the day of whoever comes")),
    "appointment_agreed": Letter("fieldwork", _CUSTOMER, _("a time is agreed"), is_prompt=True),
    "appointment_moved": Letter("fieldwork", _CUSTOMER, _("another time is agreed"), is_prompt=True),
    "appointment_cancelled": Letter("fieldwork", _CUSTOMER, _("a time agreed is given up"), is_prompt=True),
    "appointment_reminder": Letter("fieldwork", _CUSTOMER, _("tomorrow's appointment"), lives=timedelta(hours=16)),
    "appointment_nobody_home": Letter("fieldwork", _CUSTOMER, _("nobody was home at the appointment")),
    "appointment_late": Letter("fieldwork", _CUSTOMER, _("the time of an appointment has passed and nobody is there"), lives=_EVENING),
    "appointment_missed": Letter("fieldwork", _CUSTOMER, _("we missed an appointment")),
}
