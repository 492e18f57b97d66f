"""Blank the words of messages: of a matter whose personal data is erased, and of all that are old. The rows stay as facts."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from casework import references

from ..models import Message, MessageQuerySet, MessageStatus

_BLANK = {"subject": "", "text": "", "about": "", "address": ""}
#: Messages blanked with one statement, and in one run of the nightly job; the next run goes on.
BATCH, MOST = 2_000, 200_000


@transaction.atomic
def forget_matter(*, reference: str, since: datetime) -> int:
    """Blank every message owed since then that names the matter, as letters about it do; how many. What was not sent is not sent any more.

    However the reference is written in them. Webhooks carry no words.
    """
    names = Q(text__contains=reference) | Q(text__contains=references.grouped(reference)) | Q(link__contains=reference)
    found = Message.objects.filter(names, created_at__gte=since).exclude(channel=Message.Channel.WEBHOOK)
    keys = list(found.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        _blank(Message.objects.filter(pk__in=keys[start : start + BATCH]))
    return len(keys)


def forget_old_words(*, at: datetime, most: int = MOST) -> int:
    """Blank what is older than ``MESSAGE_WORDS_DAYS`` and went out or was given up; how many. Nothing where the setting is 0."""
    if not settings.MESSAGE_WORDS_DAYS:
        return 0
    over = [MessageStatus.SENT, MessageStatus.GATHERED, MessageStatus.DEAD]
    old = Message.objects.filter(status__in=over, created_at__lt=at - timedelta(days=settings.MESSAGE_WORDS_DAYS)).exclude(text="")
    blanked = 0
    while blanked < most and (keys := list(old.order_by("created_at").values_list("pk", flat=True)[:BATCH])):
        blanked += _blank(Message.objects.filter(pk__in=keys))
    return blanked


def _blank(messages: MessageQuerySet) -> int:
    messages.owed().update(status=MessageStatus.DEAD, last_error="Erased")
    return messages.update(**_BLANK)
