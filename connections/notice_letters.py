"""The one-time notice as a message."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

NOTICE_LETTERS = {
    "connection_told_once": Letter("connections", (Channel.SMS, Channel.EMAIL, Channel.CABINET), _("one-time notice of a connection")),
}
