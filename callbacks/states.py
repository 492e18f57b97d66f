"""The life of a follow-up: somebody is asked how it went, and every way in which that can end has its own honest name."""

from django.db import models
from django.utils.translation import pgettext_lazy

from casework.lifecycles import Lifecycle, Move


class FollowUpStatus(models.TextChoices):
    """Where a follow-up stands. How often somebody tried, and whether the hotline has it, is not a status."""

    WAITING = "waiting", pgettext_lazy("follow-up", "to be asked")
    HEARD = "heard", pgettext_lazy("follow-up", "heard")
    WRITTEN = "written", pgettext_lazy("follow-up", "asked by letter")
    REFUSED = "refused", pgettext_lazy("follow-up", "did not want to talk")
    NOT_REACHED = "not_reached", pgettext_lazy("follow-up", "not reached")
    WRONG_NUMBER = "wrong_number", pgettext_lazy("follow-up", "the number is somebody else's")
    DROPPED = "dropped", pgettext_lazy("follow-up", "no longer to be asked")


F = FollowUpStatus

FOLLOW_UP = Lifecycle(
    kind="callback",
    start=(F.WAITING,),
    moves=(
        # Who answers later, by the link of a message or by ringing us, is still heard.
        Move("hear", (F.WAITING, F.WRITTEN, F.NOT_REACHED), F.HEARD, tells=("callback.done",)),
        Move("write", (F.WAITING,), F.WRITTEN, tells=("callback.done",)),
        Move("refuse", (F.WAITING,), F.REFUSED, tells=("callback.done",)),
        Move("give_up", (F.WAITING,), F.NOT_REACHED, tells=("callback.dropped",)),
        Move("find_wrong", (F.WAITING,), F.WRONG_NUMBER, tells=("callback.dropped",)),
        Move("drop", (F.WAITING,), F.DROPPED, tells=("callback.dropped",)),
    ),
    finals={
        F.HEARD: "what was said was said; another ending of the case asks anew",
        F.REFUSED: "whoever does not want to be asked is left in peace",
        F.WRONG_NUMBER: "nobody is rung at a stranger's number again",
        F.DROPPED: "the ending it was about did not last",
    },
)
