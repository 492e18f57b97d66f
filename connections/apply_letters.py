"""What we write about an application that came in."""

from django.utils.translation import gettext_lazy as _

from notices.letter import Letter
from notices.models import Channel

APPLY_LETTERS = {
    "connection_received": Letter(
        "connections", (Channel.SMS, Channel.EMAIL, Channel.CABINET), _("an application for gas is accepted"), is_prompt=True
    ),
    "connection_merged": Letter(
        "connections", (Channel.SMS, Channel.EMAIL, Channel.CABINET), _("an application for gas goes on in another one")
    ),
}
