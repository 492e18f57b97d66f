"""The life of a call to the hotline."""

from django.db import models
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from casework.lifecycles import Lifecycle, Move


class CallStatus(models.TextChoices):
    """Where a call stands."""

    RINGING = "ringing", pgettext_lazy("call", "ringing")
    TALKING = "talking", pgettext_lazy("call", "being talked")
    HELD = "held", pgettext_lazy("call", "on hold")
    ENDED = "ended", pgettext_lazy("call", "over, not written down")
    SAVED = "saved", pgettext_lazy("call", "written down")
    ABANDONED = "abandoned", pgettext_lazy("call", "the caller hung up")


C = CallStatus

CALL = Lifecycle(
    kind="call",
    start=(C.RINGING, C.TALKING),
    moves=(
        Move("answer", (C.RINGING,), C.TALKING, Verb.ANSWER_CALLS, ("call.answered",)),
        Move("give_up", (C.RINGING,), C.ABANDONED, tells=("call.abandoned",)),
        Move("hold", (C.TALKING,), C.HELD, Verb.ANSWER_CALLS),
        Move("return", (C.HELD,), C.TALKING, Verb.ANSWER_CALLS),
        Move("hang_up", (C.TALKING, C.HELD), C.ENDED, tells=("call.ended",)),
        Move("save", (C.ENDED,), C.SAVED, Verb.ANSWER_CALLS, ("call.recorded",)),
    ),
    finals={
        C.SAVED: "what was said is written down; who rings again makes another call",
        C.ABANDONED: "nobody spoke; who rings again makes another call",
    },
)
RUNNING = (C.RINGING, C.TALKING, C.HELD)
