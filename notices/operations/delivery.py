"""Send what is owed: lease, send outside any transaction, tick off. At least once to the outside, never lost.

As in casework (Note [Claim, then do]) a try is booked before it is made, and ``attempts`` is the ticket of the sender. A
sender that dies between the call and the tick sends again; the provider drops the repeat by the message's key.
"""

import logging
import zlib
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from casework.retries import TRIES, name_of, pause_after

from .. import channels, registry
from ..channels import Refused
from ..models import Message, MessageQuerySet, MessageStatus
from ..queries import Lane
from ..queries.refusals import is_refused
from . import silence
from .announcement_sending import NotNeeded
from .leasing import lease

log = logging.getLogger(__name__)

#: Messages sent in one call; ``at`` grows old meanwhile, and the lease must outlast them all (8 s each at worst, real time).
BATCH = 5
#: A pause is drawn out by up to a quarter, so that what failed together does not come back together.
_SPREAD = 0.25


class NothingToSend(Exception):
    """The message is not given up, or its words are gone."""

    def __init__(self) -> None:
        super().__init__(_("This message cannot be sent again. A one-time code is asked for anew where it is needed."))


def deliver(at: datetime, *, lane: Lane = Lane.PEOPLE, limit: int = BATCH) -> int:
    """Send up to ``limit`` messages of a lane due at ``at``; how many were tried. Safe to run any number of times at once.

    Must not run inside a transaction: it calls the outside.
    """
    _give_up_stale(at)
    tried = 0
    while tried < limit and (message := lease(at, lane=lane)):
        _send(message, at)
        tried += 1
    return tried


def resend(*, message: Message, at: datetime) -> None:
    """Owe a given-up message again, with all its tries. Raises NothingToSend."""
    if not resend_all(messages=Message.objects.filter(pk=message.pk), at=at):
        raise NothingToSend


def resend_all(*, messages: MessageQuerySet, at: datetime) -> int:
    """Owe again whatever of these was given up and still has its words; how many."""
    words_left = messages.given_up().exclude(text="").order_by()
    again = {"status": MessageStatus.OWED, "attempts": 0, "next_attempt_at": at, "expires_at": None, "last_error": ""}
    return words_left.update(**again)


def _send(message: Message, at: datetime) -> None:
    try:
        _check_wanted(message)
        provider_id = channels.send(message)
    except NotNeeded as reason:
        close(message, status=MessageStatus.DEAD, last_error=reason.code)
    except Exception as error:  # noqa: BLE001 - whatever a channel does wrong, the next message must go out
        note_failure(message=message, error=error, at=at)
    else:
        close(message, status=MessageStatus.SENT, sent_at=at, provider_id=provider_id[:80], last_error="")
        silence.note_success(message=message, at=at)


def _check_wanted(message: Message) -> None:
    """Somebody may have stopped its like since it was owed. Raises NotNeeded."""
    if is_refused(message):
        raise NotNeeded("Unsubscribed")


def note_failure(*, message: Message, error: Exception, at: datetime) -> None:
    """A try came to nothing: another one later, or none where it is no use."""
    log.warning("message failed", extra={"kind": message.kind, "tries": message.attempts, "error": name_of(error)})
    if isinstance(error, Refused) or message.attempts >= TRIES:
        close(message, status=MessageStatus.DEAD, last_error=name_of(error))
    else:
        _held(message).update(status=MessageStatus.OWED, next_attempt_at=at + pause_of(message), last_error=name_of(error))
    silence.note_failure(message=message, error=error, at=at)


def pause_of(message: Message) -> timedelta:
    """How long after a failed try the next one comes: longer each time, and not for all at the same moment."""
    drawn = zlib.crc32(f"{message.key}:{message.attempts}".encode()) / 2**32
    return pause_after(message.attempts) * (1 + _SPREAD * drawn)


def _give_up_stale(at: datetime) -> None:
    """What nobody wants any more (an old code), and what died with its sender at the last try."""
    due = Message.objects.owed().filter(next_attempt_at__lte=at, announcement=None)
    for message in due.filter(expires_at__lte=at)[:100]:
        close(message, status=MessageStatus.DEAD, last_error="Expired")
    for message in due.filter(attempts__gte=TRIES)[:100]:
        close(message, status=MessageStatus.DEAD, last_error="Interrupted")


def close(message: Message, **fields: object) -> None:
    """It is done with; no other sender may have taken it over meanwhile."""
    letter = registry.letters().get(message.kind)  # a letter may have gone with an upgrade; its messages have not
    if letter and letter.is_secret:
        fields["text"] = ""
    _held(message).update(**fields)


def _held(message: Message) -> MessageQuerySet:
    return Message.objects.owed().filter(pk=message.pk, attempts=message.attempts)
