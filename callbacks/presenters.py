"""The journal of follow-ups in plain words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.presenters import Telling, Told


def _done(told: Told) -> str:
    if told.get("outcome") == "heard":
        return _("The customer was asked how it went: %(score)s of 5") % told
    return _("The customer was called back")


PRESENTERS: Mapping[str, Telling] = {
    "callback.attempted": Telling(gettext_lazy("Called back in vain"), gettext_lazy("We rang you and did not reach you")),
    "callback.done": Telling(_done, gettext_lazy("We asked you how it went")),
    "callback.handed_to_hotline": Telling(gettext_lazy("The hotline is to call back")),
    "callback.link_sent": Telling(gettext_lazy("A link to answer by was sent"), gettext_lazy("We wrote to you and asked how it went")),
    "callback.said_online": Telling(gettext_lazy("Answered by the link; to be rung"), gettext_lazy("You answered; somebody rings you")),
    "callback.give_up": Telling(gettext_lazy("Not reached, as often as we tried")),
    "callback.find_wrong": Telling(gettext_lazy("The number is somebody else's")),
    "callback.problem_told": Telling(
        gettext_lazy("A problem heard in the call goes on as %(part)s"), gettext_lazy("What is wrong goes on as %(part)s")
    ),
}
