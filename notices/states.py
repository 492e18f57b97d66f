"""The lives of announcements and of news."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Verb
from casework.lifecycles import Lifecycle, Move


class AnnouncementStatus(models.TextChoices):
    """Where an announcement stands."""

    DRAFT = "draft", pgettext_lazy("announcement", "being written")
    OFFERED = "offered", _("waiting for somebody's approval")
    SCHEDULED = "scheduled", pgettext_lazy("announcement", "scheduled")
    SENDING = "sending", pgettext_lazy("announcement", "going out")
    SENT = "sent", pgettext_lazy("announcement", "sent")
    CANCELLED = "cancelled", pgettext_lazy("announcement", "called off")


A = AnnouncementStatus

ANNOUNCEMENT = Lifecycle(
    kind="announcement",
    start=(A.DRAFT,),
    moves=(
        Move("offer", (A.DRAFT,), A.OFFERED, Verb.ANNOUNCE),
        Move("send_back", (A.OFFERED,), A.DRAFT, Verb.APPROVE_ANNOUNCEMENTS),
        Move("schedule", (A.DRAFT,), A.SCHEDULED, Verb.ANNOUNCE, ("announcement.scheduled",)),
        Move("approve", (A.OFFERED,), A.SCHEDULED, Verb.APPROVE_ANNOUNCEMENTS, ("announcement.scheduled",)),
        Move("release", (A.SCHEDULED,), A.SENDING, tells=("announcement.sent",)),
        Move("finish", (A.SENDING,), A.SENT),
        Move("resume", (A.SENT,), A.SENDING, Verb.ANNOUNCE),
        Move("cancel", (A.DRAFT, A.OFFERED, A.SCHEDULED, A.SENDING), A.CANCELLED, Verb.ANNOUNCE, ("announcement.cancelled",)),
    ),
    finals={A.CANCELLED: "what is to be said after all is another announcement"},
)


class NewsStatus(models.TextChoices):
    """Where a piece of news stands."""

    DRAFT = "draft", pgettext_lazy("news", "being written")
    OFFERED = "offered", _("waiting for somebody else to read it")
    SCHEDULED = "scheduled", pgettext_lazy("news", "waiting for its hour")
    PUBLISHED = "published", pgettext_lazy("news", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("news", "withdrawn")
    DROPPED = "dropped", pgettext_lazy("news", "given up")


N = NewsStatus

NEWS = Lifecycle(
    kind="news",
    start=(N.DRAFT,),
    moves=(
        Move("offer", (N.DRAFT,), N.OFFERED, Verb.ANNOUNCE),
        Move("send_back", (N.OFFERED,), N.DRAFT, Verb.APPROVE_ANNOUNCEMENTS),
        Move("schedule", (N.DRAFT,), N.SCHEDULED, Verb.ANNOUNCE),
        Move("approve", (N.OFFERED,), N.SCHEDULED, Verb.APPROVE_ANNOUNCEMENTS),
        Move("publish", (N.SCHEDULED,), N.PUBLISHED, tells=("page.published",)),
        Move("withdraw", (N.PUBLISHED,), N.WITHDRAWN, Verb.ANNOUNCE, ("page.published",)),
        Move("drop", (N.DRAFT, N.OFFERED, N.SCHEDULED), N.DROPPED, Verb.ANNOUNCE),
    ),
    finals={
        N.WITHDRAWN: "its page goes on to say that it was withdrawn, and why",
        N.DROPPED: "what is to be said after all is another piece of news",
    },
)
