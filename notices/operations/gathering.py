"""What may go out now, and what goes together: quiet hours, budgets, digests. Runs under the person's lock."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from accounts.clock import in_business_time
from accounts.models import Duty

from .. import registry
from ..models import Channel, Message, MessageQuerySet, MessageStatus, Preference
from ..models.message import AT_HAND
from ..quiet import quiet_until
from . import wording

DIGEST = "digest"
_HOUR = timedelta(hours=1)
_LINES = 6
_DISTURBING = (Channel.SMS, Channel.VOICE)


def put_off(*, message: Message, at: datetime) -> bool:
    """Whether the message, and all that would go with it, must wait; until when is written down."""
    until = _waits_until(message, at)
    if until is None or until <= at:
        return False
    _mates(message).update(next_attempt_at=until)
    Message.objects.filter(pk=message.pk).update(next_attempt_at=until)
    return True


def gather(*, message: Message, at: datetime) -> Message:
    """The digest of everything the person is owed by this way in this group; the message itself when it is alone.

    What was tried before goes out again as it was: the provider knows it by its key.
    """
    if message.attempts or message.kind == DIGEST:
        return message
    mates = list(_mates(message).select_for_update(no_key=True, of=("self",)).order_by("pk"))
    if len(mates) < 2:  # alone, or nothing that is ever gathered
        return message
    digest = _digest(mates, at)
    Message.objects.filter(pk__in=[mate.pk for mate in mates]).update(status=MessageStatus.GATHERED, digest=digest, sent_at=at)
    return digest


def _waits_until(message: Message, at: datetime) -> datetime | None:
    letter = registry.letters().get(message.kind)
    if not message.is_safety and message.channel in _DISTURBING and not (letter and letter.is_prompt):
        quiet = _quiet_until(message, at)
        if quiet:
            return quiet
    return _pause(message, at) if message.group and not message.attempts else None


def quiet_for(*, wanted: Preference | None, at: datetime) -> datetime | None:
    """When the quiet hours around a moment end for somebody with these wishes; None outside of them."""
    return quiet_until(
        at, span=(wanted and wanted.span) or settings.QUIET_HOURS, zone=(wanted.zone if wanted else "") or settings.TIME_ZONE
    )


def _quiet_until(message: Message, at: datetime) -> datetime | None:
    until = quiet_for(wanted=_preference(message), at=at)
    # Whoever is on the roster now is awake.
    on_duty = until and message.staff_id and Duty.objects.filter(staff=message.staff_id, starts_at__lte=at, ends_at__gt=at).exists()
    return None if on_duty else until


def _pause(message: Message, at: datetime) -> datetime | None:
    """The budget of the hour; safety letters have none, only a breath between two, so that a storm of them stays readable."""
    others = _whole_group(message).filter(is_safety=message.is_safety).exclude(pk=message.pk)
    if message.is_safety:
        pause = in_business_time(timedelta(seconds=settings.SAFETY_PAUSE_SECONDS))
        last = others.filter(Q(sent_at__gt=at - pause) | Q(status=MessageStatus.SENDING)).exclude(status=MessageStatus.DEAD).exists()
        return at + pause if last else None
    wanted = _preference(message)
    budget = (wanted.budget if wanted else None) or settings.MESSAGES_PER_HOUR
    sent = others.filter(status=MessageStatus.SENT, sent_at__gt=at - _HOUR).order_by("-sent_at")
    hour = list(sent.values_list("sent_at", flat=True)[:budget])
    return hour[-1] + _HOUR if len(hour) >= budget and hour[-1] else None


def _preference(message: Message) -> Preference | None:
    if not (message.staff_id or message.customer_id):
        return None
    return Preference.objects.filter(staff=message.staff_id, customer=message.customer_id).first()


def _whole_group(message: Message) -> MessageQuerySet:
    """All that goes to this person by this way and is not a letter of its own."""
    same = {"staff": message.staff_id, "customer": message.customer_id, "channel": message.channel}
    return Message.objects.filter(**same).exclude(group="").exclude(channel__in=AT_HAND)


def _mates(message: Message) -> MessageQuerySet:
    """What waits to go with this message, itself included; nothing where it goes alone."""
    if not message.group:
        return Message.objects.none()
    waiting = {"status": MessageStatus.OWED, "attempts": 0, "sent_at": None}
    return _whole_group(message).filter(**waiting, group=message.group, is_safety=message.is_safety).exclude(kind=DIGEST)


def _digest(mates: list[Message], at: datetime) -> Message:
    first = mates[0]
    link = reverse("notices:inbox" if first.staff_id else "notices:customer_messages")
    with override(first.language):
        lines, left = _lines(mates)
    context = {
        "count": len(mates),
        "lines": lines,
        "left": left,
        "company": settings.COMPANY["name"],
        "link": "" if first.channel == Channel.VOICE else settings.SITE_URL + link,
        "is_safety": first.is_safety,
    }
    subject, text = wording.words_of(DIGEST, channel=first.channel, language=first.language, context=context, at=at)
    same = ("channel", "address", "language", "customer_id", "staff_id", "group", "is_safety")
    return Message.objects.create(
        kind=DIGEST,
        key=f"digest:{first.pk}",
        subject=subject,
        text=text,
        link=link,
        created_at=at,
        next_attempt_at=at,
        **{name: getattr(first, name) for name in same},
    )


def _lines(mates: Iterable[Message]) -> tuple[list[tuple[int, str]], int]:
    """What there is most of, in words, with its count; and how many more things are in it."""
    letters = registry.letters()
    counted = Counter((mate.kind, mate.about) for mate in mates)
    titles = {kind: str(letters[kind].title) if kind in letters else kind for kind, _about in counted}
    shown = [(count, f"{titles[kind]}: {about}" if about else titles[kind]) for (kind, about), count in counted.most_common(_LINES)]
    return shown, sum(counted.values()) - sum(count for count, _words in shown)
