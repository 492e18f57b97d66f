"""What we write about cases: to who asked, and to colleagues who are asked to take one; and about appointments at halls."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

_CUSTOMER = (Channel.SMS, Channel.EMAIL, Channel.CABINET)
_STAFF = (Channel.INBOX, Channel.SMS, Channel.EMAIL)

#: A reminder of what has begun is none.
_SOON, _TOMORROW = timedelta(hours=2), timedelta(hours=22)

LETTERS = {
    "case_received": Letter("desk", _CUSTOMER, _("a request is taken down"), is_prompt=True),
    "case_answered": Letter("desk", _CUSTOMER, _("a request is answered in the cabinet")),
    "case_question": Letter("desk", _CUSTOMER, _("a question about a request")),
    "case_papers": Letter("desk", _CUSTOMER, _("papers are missing with a request")),
    "case_offered": Letter("desk", _STAFF, _("a colleague asks to take a case")),
    "case_leader": Letter("desk", _STAFF, _("a colleague asks the head about a case")),
    "hall_booked": Letter("desk", _CUSTOMER, _("an appointment at a hall is booked"), is_prompt=True),
    "hall_moved": Letter("desk", _CUSTOMER, _("an appointment at a hall has another time"), is_prompt=True),
    "hall_cancelled": Letter("desk", _CUSTOMER, _("an appointment at a hall is given up"), is_prompt=True),
    "hall_displaced": Letter("desk", _CUSTOMER, _("we took the time of an appointment at a hall away")),
    "hall_tomorrow": Letter("desk", _CUSTOMER, _("tomorrow's appointment at a hall"), lives=_TOMORROW),
    "hall_soon": Letter("desk", _CUSTOMER, _("the appointment at a hall in the coming two hours"), lives=_SOON),
    "early_cluster": Letter("desk", _STAFF, _("more reports of one kind than usual")),
    "case_declined": Letter("desk", (Channel.INBOX,), _("a colleague declined a case")),
}
