"""Let customers answer by themselves: a link in a message, without signing in, for some days, once.

Note [Whoever holds the link]. The address holds the number of the follow-up and our signature under it, and nothing about anybody;
the page it opens says what kind of matter it is about, and when it ended. Forwarded, it gives away no more than that. An answer is
taken once. Where something about the matter is strange, or a crew was sent often by a word alone, the answer is kept and somebody
rings all the same.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

import casework.permissions
from accounts.actors import Actor, System
from accounts.permissions import Forbidden
from casework.callback_rules import rules
from casework.models import Case, Contact
from casework.operations import NewContact, Step, record, record_contact
from casework.permissions import VISITOR
from notices.models import Topic
from notices.queries.refusals import writes_to

from .. import permissions
from ..models import FollowUp
from . import letters_out
from .bearing import BY
from .hearing import Said, keep_answer, take_up_again
from .holding import check_waiting, hold

LINK = System("callbacks.link")
_SIGNER = Signer(salt="callbacks.link")


class NoWayToWrite(Exception):
    """We know no phone and no account, or its reader stopped such messages."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no way to send a message: no phone was left and it is about no account, or they want no questions by message.")
        )


class LinkOver(Exception):
    """Answered already, too late, or nothing to ask about any more."""

    def __init__(self) -> None:
        super().__init__(_("This link cannot be used any more."))


def token_of(follow_up: FollowUp) -> str:
    """What stands in the address."""
    return _SIGNER.sign(str(follow_up.pk)).replace(":", "-", 1)


def address_of(follow_up: FollowUp) -> str:
    """The whole address, for a message."""
    return settings.SITE_URL + reverse("callbacks:how_was_it", args=[token_of(follow_up)])


def find(token: str) -> FollowUp | None:
    """The follow-up of an address; None where the signature is not ours."""
    try:
        key = _SIGNER.unsign(token.replace("-", ":", 1))
    except BadSignature:
        return None
    return FollowUp.objects.select_related("case__timeline", "questionnaire").filter(pk=key).first()


def is_open(*, follow_up: FollowUp, at: datetime) -> bool:
    """Whether the link still takes an answer."""
    can_be_heard = follow_up.status in {FollowUp.Status.WAITING, FollowUp.Status.WRITTEN, FollowUp.Status.NOT_REACHED}
    is_in_time = follow_up.link_until is not None and at < follow_up.link_until
    return can_be_heard and is_in_time and follow_up.said_at is None and follow_up.case.erased_at is None


@transaction.atomic
def send_link(*, follow_up: FollowUp, by: Actor, at: datetime) -> FollowUp:
    """Write to the customer; the link answers ``CALLBACK_LINK_DAYS`` from now.

    Raises NoWayToWrite, NotAsked, WrongMove, Forbidden, StaleRow.
    """
    permissions.check_may_ask(by, at=at)
    found = hold(follow_up)
    check_waiting(found)
    if not send_if_possible(follow_up=found, by=by, at=at):
        raise NoWayToWrite
    return found


def send_if_possible(*, follow_up: FollowUp, by: Actor, at: datetime) -> bool:
    """The same for a follow-up that the caller holds; False where there is no way to write."""
    case = follow_up.case
    if not (case.contact_phone or case.account_id) or not _is_wanted(case):
        return False
    follow_up.link_sent_at, follow_up.link_until = at, at + timedelta(days=settings.CALLBACK_LINK_DAYS)
    follow_up.version += 1
    follow_up.save(update_fields=["link_sent_at", "link_until", "version"])
    record(timeline_id=follow_up.timeline_id, steps=[Step("callback.link_sent", {"follow_up": follow_up.pk})], by=by, at=at)
    letters_out.send_link(follow_up=follow_up, link=address_of(follow_up), at=at)
    return True


def _is_wanted(case: Case) -> bool:
    return writes_to(Topic.SURVEYS, phone=str(case.contact_phone or ""), customer=case.account.customer if case.account else None)


@transaction.atomic
def send_at_birth(*, follow_up: FollowUp, at: datetime) -> None:
    """Where that is the custom (``CALLBACK_LINK=birth``), write as soon as somebody is to ask. Safe to repeat."""
    if settings.CALLBACK_LINK != "birth" or follow_up.way != FollowUp.Way.PHONE or follow_up.link_sent_at is not None:
        return
    found = FollowUp.objects.select_for_update(no_key=True, of=("self",)).select_related("case").get(pk=follow_up.pk)
    if found.status == FollowUp.Status.WAITING and found.link_sent_at is None:
        send_if_possible(follow_up=found, by=BY, at=at)


@transaction.atomic
def answer_by_link(*, follow_up: FollowUp, said: Said, at: datetime) -> FollowUp:
    """Take the answer of whoever holds the link. Still ``waiting`` afterwards, it is kept and somebody rings.

    Raises LinkOver, NotAsked, StaleRow.
    """
    found = hold(follow_up)
    if not is_open(follow_up=found, at=at):
        raise LinkOver
    if _is_enough(found, said, at):
        keep_answer(found, said, by=LINK, at=at)
        if not said.settled:
            take_up_again(found.case, said, by=VISITOR, at=at)
        return found
    found.answers, found.texts, found.words = said.parts()
    found.said_at, found.is_pressing, found.version = at, True, found.version + 1
    found.save(update_fields=["answers", "texts", "words", "said_at", "is_pressing", "version"])
    note = NewContact(means=Contact.Means.CABINET, direction=Contact.Direction.IN, content=said.in_words())
    record_contact(case=found.case, contact=note, by=LINK, at=at)
    record(timeline_id=found.timeline_id, steps=[Step("callback.said_online", {"follow_up": found.pk})], by=LINK, at=at)
    return found


def _is_enough(found: FollowUp, said: Said, at: datetime) -> bool:
    """Whether an answer without a talk settles it."""
    rule = rules().get(found.kind)
    if found.status == FollowUp.Status.WAITING and (found.is_pressing or (rule is not None and rule.needs_call(found.case))):
        return False
    if said.settled:
        return True
    try:
        casework.permissions.check_may_reopen(VISITOR, found.case, at=at)
    except Forbidden:
        return False
    return True
