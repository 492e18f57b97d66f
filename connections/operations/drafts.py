"""An application that somebody has begun on the public pages, kept until it is sent or forgotten.

Note [Who has the link]. Nobody signed in, so what opens a draft is a secret: in the browser's session, and in the link that the
applicant may keep or send to somebody who helps: there behind a #, which no browser sends and no log keeps. Only its digest is kept;
the answers are sealed, and gone after ``DRAFT_DAYS``.

Note [Sent twice is one application]. The row is locked and keeps the case that it became. An impatient thumb, a lost answer and two open
windows all find the same number; the answers are blanked in the same act.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import sealing
from accounts.actors import Actor
from accounts.models import User

from ..models import Application, ApplicationDraft
from . import applying
from .applying import Wish

#: So long a draft that was sent still leads to what it became.
_AFTERWARDS = timedelta(days=1)


class DraftGone(Exception):
    """It was forgotten, or nobody went on with it for too long."""

    def __init__(self) -> None:
        super().__init__(_("This application was not kept any longer. Please begin anew; what you sent us before is not lost."))


def begin_draft(*, asker: User | None, at: datetime) -> tuple[ApplicationDraft, str]:
    """A new draft and the secret that opens it. See Note [Who has the link]."""
    secret = secrets.token_urlsafe(24)
    draft = ApplicationDraft.objects.create(token=_digest(secret), asker=asker, begun_at=at, saved_at=at, expires_at=_expiry(at))
    return draft, secret


def find_draft(*, secret: str, at: datetime) -> ApplicationDraft:
    """The draft that this secret opens. Raises DraftGone."""
    found = ApplicationDraft.objects.filter(token=_digest(secret), expires_at__gt=at).select_related("case").first() if secret else None
    if found is None:
        raise DraftGone
    return found


def answers_in(draft: ApplicationDraft) -> dict[str, dict[str, Any]]:
    """Step -> what was typed there, by field."""
    found: dict[str, dict[str, Any]] = json.loads(sealing.unseal(draft.sealed)) if draft.sealed else {}
    return found


@transaction.atomic
def save_draft(*, draft: ApplicationDraft, step: str, answers: Mapping[str, Any], at: datetime) -> ApplicationDraft:
    """Keep what was typed at one step; the others stay. A draft that was sent is not written any more. Raises DraftGone."""
    held = ApplicationDraft.objects.select_for_update(no_key=True).filter(pk=draft.pk).first()
    if held is None:
        raise DraftGone
    if held.case_id is None:
        held.sealed = sealing.seal(json.dumps({**answers_in(held), step: dict(answers)}))
        held.kind = str(answers.get("kind", held.kind))[:16]
        held.step, held.saved_at, held.expires_at = step, at, _expiry(at)
        held.save(update_fields=["sealed", "kind", "step", "saved_at", "expires_at"])
    return held


@transaction.atomic
def send_draft(*, draft: ApplicationDraft, wish: Wish, by: Actor, at: datetime) -> Application:
    """Apply with what the draft says; see Note [Sent twice is one application]. Raises DraftGone and what ``apply`` raises."""
    held = ApplicationDraft.objects.select_for_update(no_key=True).filter(pk=draft.pk).first()
    if held is None:
        raise DraftGone
    if held.case_id is not None:
        return Application.objects.select_related("case").get(case=held.case_id)
    application = applying.apply(wish=wish, by=by, at=at)
    held.case, held.sealed, held.saved_at, held.expires_at = application.case, "", at, at + _AFTERWARDS
    held.save(update_fields=["case", "sealed", "saved_at", "expires_at"])
    return application


def forget_draft(*, draft: ApplicationDraft) -> None:
    """The applicant wants nothing kept. An application that was sent stays what it is."""
    ApplicationDraft.objects.filter(pk=draft.pk).delete()


def prune_drafts(*, at: datetime) -> int:
    """Delete drafts that nobody went on with; how many."""
    count, _each = ApplicationDraft.objects.filter(expires_at__lte=at).delete()
    return count


def _expiry(at: datetime) -> datetime:
    return at + timedelta(days=settings.APPLICATION_DRAFT_DAYS)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
