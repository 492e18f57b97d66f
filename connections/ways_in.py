"""By which way an application came, as check-lists tell them apart: a channel, and of halls the government's on its own (C17).

For promises both are a hall; what has to be shown at the window differs.
"""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.models import Channel

#: The city's own hall, with its one window for everything.
GOVERNMENT = "government"
WAYS_IN: Sequence[tuple[str, str | Promise]] = [
    (Channel.HALL.value, Channel.HALL.label),
    (GOVERNMENT, _("at the government hall")),
    *((one.value, one.label) for one in Channel if one != Channel.HALL),
]
LABELS = dict(WAYS_IN)


def channel_of(way: str) -> str:
    """The channel of the case: what promises go by."""
    return str(Channel.HALL) if way == GOVERNMENT else way
