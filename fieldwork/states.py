"""The life of a visit: asked for, offered to a crew, made; or ended in another honest way."""

from django.db import models
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from casework.lifecycles import Lifecycle, Move


class VisitStatus(models.TextChoices):
    """Where a visit stands. What is found and mended at the door are steps on the way, not statuses."""

    ASKED = "asked", pgettext_lazy("visit", "nobody has it yet")
    OFFERED = "offered", pgettext_lazy("visit", "offered to a crew")
    ACCEPTED = "accepted", pgettext_lazy("visit", "taken on")
    ON_THE_WAY = "on_the_way", pgettext_lazy("visit", "on the way")
    ON_SITE = "on_site", pgettext_lazy("visit", "on site")
    DONE = "done", pgettext_lazy("visit", "done")
    NO_ACCESS = "no_access", pgettext_lazy("visit", "nobody opened")
    CANCELLED = "cancelled", pgettext_lazy("visit", "called off")


S = VisitStatus

VISIT = Lifecycle(
    kind="visit",
    start=(S.ASKED,),
    moves=(
        Move("offer", (S.ASKED,), S.OFFERED, Verb.DISPATCH),
        Move("lapse", (S.OFFERED,), S.ASKED),
        Move("decline", (S.OFFERED,), S.ASKED, Verb.VISIT),
        Move("recall", (S.OFFERED, S.ACCEPTED, S.ON_THE_WAY), S.ASKED, Verb.DISPATCH),
        Move("accept", (S.OFFERED,), S.ACCEPTED, Verb.VISIT),
        Move("set_off", (S.ACCEPTED,), S.ON_THE_WAY, Verb.VISIT),
        Move("arrive", (S.ACCEPTED, S.ON_THE_WAY), S.ON_SITE, Verb.VISIT),
        Move("give_back", (S.ACCEPTED, S.ON_THE_WAY, S.ON_SITE), S.ASKED, Verb.VISIT),
        Move("finish", (S.ON_SITE,), S.DONE, Verb.VISIT),
        Move("find_nobody", (S.ON_SITE,), S.NO_ACCESS, Verb.VISIT),
        Move("cancel", (S.ASKED, S.OFFERED, S.ACCEPTED, S.ON_THE_WAY), S.CANCELLED, Verb.DISPATCH),
    ),
    finals={
        S.DONE: "what the crew found and did is written down; more work is another visit",
        S.NO_ACCESS: "another try is another visit",
        S.CANCELLED: "nobody needs to come any more; a new need is another visit",
    },
)
