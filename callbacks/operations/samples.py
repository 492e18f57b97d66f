"""Draw samples, ask who was drawn, replace who cannot be asked, and count the turn of the duty done.

Note [Drawn once]
    A sample and all its members are one transaction, and a turn has one sample: drawn twice at once, or killed half way, there is one
    whole sample or none. What follows (a replacement) is decided by the seed, so nobody chooses it.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import accounts.queries
from accounts.actors import System
from accounts.clock import business_date
from accounts.models import Staff, User
from casework.models import JournalRoot
from casework.operations import StaleRow
from sla.duties import turn_of
from sla.models import Period
from sla.operations.duties import NoSuchDuty, note_done
from sla.queries.policies import policies_at

from .. import permissions, sampling
from ..models import Sample, SampleMember
from ..queries.frames import FRAMES
from ..queries.questionnaires import current
from . import questionnaires
from .calling import TooEarly
from .hearing import Said

_BY = System("samples")
_S = SampleMember.Status
#: The questions of a sample: those of any kind, unless the operator wrote some for samples.
KIND = "sample"


class AskedAlready(Exception):
    """Somebody else has just done it."""

    def __init__(self) -> None:
        super().__init__(_("This has been done already."))


def draw_samples(*, at: datetime) -> int:
    """Draw for every open turn of a share that has no sample yet; how many were drawn."""
    drawn = 0
    open_turns = Period.objects.filter(done_at=None, ended_at=None, obligation__subject="company").order_by("opened_at", "pk")
    for period in open_turns:
        policy = policies_at(at).in_force(period.promise_id)
        if policy is None or policy.limit is None or policy.limit.share is None:
            continue
        if not Sample.objects.filter(promise=period.promise_id, label=period.label).exists():
            drawn += draw_sample(period=period, at=at) is not None
    return drawn


def draw_sample(*, period: Period, at: datetime) -> Sample | None:
    """The sample of one turn; None where another worker drew it meanwhile. See Note [Drawn once]."""
    policy = policies_at(at).in_force(period.promise_id)
    assert policy is not None
    assert policy.limit is not None
    frame = FRAMES[str(policy.notes.get("population", "customers"))](policy, turn_of(policy.limit, business_date(period.opened_at)))
    root = JournalRoot.objects.filter(made_at__lte=at).order_by("-number").first()
    seed = sampling.seed_of(root.root, period.promise_id, period.label) if root else secrets.token_hex(32)
    kept = {"root": root.number if root else None, "seed": seed, "digest": sampling.digest(frame), "frame": sampling.packed(frame)}
    percent = policy.limit.share or 0
    try:
        with transaction.atomic():
            sample = Sample.objects.create(promise_id=period.promise_id, label=period.label, percent=percent, drawn_at=at, **kept)
            members = [
                SampleMember(sample=sample, stratum=stratum, key=key, **_who(policy.notes, key))
                for stratum, keys in sampling.draw(frame, percent, seed).items()
                for key in keys
            ]
            SampleMember.objects.bulk_create(members, batch_size=1_000)
    except IntegrityError:
        return None
    return sample


@transaction.atomic
def hear(*, member: SampleMember, said: Said, by: User, at: datetime) -> SampleMember:
    """Keep what somebody said who was drawn; the turn of the duty counts one more. Raises WasThere, AskedAlready, Forbidden, StaleRow."""
    held, staff = _held(member, by, at)
    answers, texts, words = said.parts()
    kept = {"answers": answers, "texts": texts, "words": words, "settled": said.settled, "score": said.score}
    _end(held, _S.HEARD, staff, at, questionnaire=questionnaires.keep(asked=current(KIND, at), at=at), **kept)
    _count(held.sample, at)
    return held


@transaction.atomic
def note_attempt(*, member: SampleMember, by: User, at: datetime) -> SampleMember:
    """Somebody rang in vain. Raises WasThere, AskedAlready, Forbidden, StaleRow."""
    held, _staff = _held(member, by, at)
    _write(held, attempts=held.attempts + 1)
    return held


@transaction.atomic
def give_up(*, member: SampleMember, why: str, by: User, at: datetime) -> SampleMember | None:
    """Not reached, refused or gone (``why``, a status): the next of the stratum is asked instead; returns them, None when nobody is left.

    Raises TooEarly where it was not tried often enough, WasThere, AskedAlready, Forbidden, StaleRow.
    """
    held, staff = _held(member, by, at)
    if why == _S.NOT_REACHED and held.attempts < settings.CALLBACK_TRIES:
        raise TooEarly(settings.CALLBACK_TRIES)
    _end(held, _S(why), staff, at)
    sample = Sample.objects.select_for_update(no_key=True).get(pk=held.sample_id)
    asked = list(sample.members.filter(stratum=held.stratum).values_list("key", flat=True))
    key = sampling.replacement(sampling.unpacked(bytes(sample.frame))[held.stratum], sample.seed, asked)
    if key is None:
        return None
    who = {"case_id": key} if held.case_id else {"customer_id": key}
    return SampleMember.objects.create(sample=sample, stratum=held.stratum, key=key, replaces=held, **who)


def forget_words(*, before: datetime) -> int:
    """Blank what was said in samples drawn before this moment; scores stay. How many."""
    old = SampleMember.objects.filter(sample__drawn_at__lt=before).exclude(words="", texts={})
    return old.update(words="", texts={})


def _who(notes: Mapping[str, Any], key: int) -> dict[str, int]:
    return {"case_id": key} if notes.get("population") == "cases" else {"customer_id": key}


def _held(member: SampleMember, by: User, at: datetime) -> tuple[SampleMember, Staff]:
    permissions.check_may_ask(by, at=at)
    staff = accounts.queries.current_staff(by)
    held = SampleMember.objects.select_for_update(no_key=True, of=("self",)).select_related("case", "sample").get(pk=member.pk)
    if held.case is not None:
        permissions.check_was_elsewhere(held.case, staff)
        # A request has no crew: who had it in hand was there.
        if staff.pk in (held.case.owner_id, held.case.first_asked_id):
            raise permissions.WasThere
    if held.status != _S.TO_ASK:
        raise AskedAlready
    if held.version != member.version:
        raise StaleRow
    return held, staff


def _end(held: SampleMember, status: str, staff: Staff, at: datetime, **fields: Any) -> None:
    _write(held, status=status, asked_by=staff, ended_at=at, **fields)


def _write(held: SampleMember, **fields: Any) -> None:
    fields["version"] = held.version + 1
    for name, value in fields.items():
        setattr(held, name, value)
    held.save(update_fields=list(fields))


def _count(sample: Sample, at: datetime) -> None:
    """One more of the turn; a turn that is done already needs no more."""
    try:
        note_done(promise=sample.promise_id, label=sample.label, by=_BY, at=at)
    except NoSuchDuty:
        return
