"""The applicant has us act for them, or does so no longer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import casework.permissions
from accounts.actors import Actor
from accounts.models import User
from accounts.permissions import Forbidden
from casework.models import Case
from casework.operations import Ended, Step, attach, record

from ..mandates import MandateDeed, SignedHow, Signing
from ..models import Application, Mandate
from .holding import hold_case


class NotSigned(Exception):
    """A mandate is a signature, not a tick of ours."""

    def __init__(self) -> None:
        super().__init__(_("Sign on the screen, or send a picture of the signed paper."))


class UnknownDeed(Exception):
    """Nothing that we do in somebody's place."""

    def __init__(self) -> None:
        super().__init__(_("Choose from the list what we are to do."))


class AlreadyGiven(Exception):
    """One mandate stands; another one is given after it was taken back."""

    def __init__(self) -> None:
        super().__init__(_("We act for the applicant already. Take that back first."))


class NothingGiven(Exception):
    """There is no mandate (any more)."""

    def __init__(self) -> None:
        super().__init__(_("Nobody has us act for them here (any more)."))


@transaction.atomic
def give(*, application: Application, signing: Signing, by: Actor, at: datetime) -> Mandate:
    """From now on we act for the applicant, who signed for it. In the cabinet their own confirmation is enough, nobody else's.

    Raises NotSigned, UnknownDeed, AlreadyGiven, Ended, NotTaken for the file, Forbidden, NotYourCase.
    """
    case = application.case
    casework.permissions.check_may_contact(by, case, at=at)
    _check(signing, by)
    _hold(case)
    if application.mandates.filter(revoked_at=None).exists():
        raise AlreadyGiven
    signature = attach(case=case, file=signing.file, by=by, at=at) if signing.file else None
    mandate = Mandate.objects.create(
        application=application,
        deeds=[deed for deed in MandateDeed.values if deed in signing.deeds],
        signed_how=signing.how,
        signature=signature,
        signed_at=at,
        by=by.actor_label,
    )
    facts = {"mandate": mandate.pk, "how": str(signing.how), "deeds": list(mandate.deeds)}
    record(timeline_id=case.timeline_id, steps=[Step("connection.mandate_given", facts)], by=by, at=at)
    return mandate


@transaction.atomic
def revoke(*, application: Application, by: Actor, at: datetime) -> Mandate:
    """The applicant acts for themselves again; no reason is asked. Raises NothingGiven, Forbidden, NotYourCase."""
    case = application.case
    casework.permissions.check_may_contact(by, case, at=at)
    _hold(case)
    mandate = application.mandates.filter(revoked_at=None).first()
    if mandate is None:
        raise NothingGiven
    mandate.revoked_at = at
    mandate.save(update_fields=["revoked_at"])
    record(timeline_id=case.timeline_id, steps=[Step("connection.mandate_revoked", {"mandate": mandate.pk})], by=by, at=at)
    return mandate


def _check(signing: Signing, by: Actor) -> None:
    if signing.how not in SignedHow.values or not set(signing.deeds) <= set(MandateDeed.values):
        raise UnknownDeed
    if signing.how != SignedHow.CABINET and signing.file is None:
        raise NotSigned
    if signing.how == SignedHow.CABINET and (not isinstance(by, User) or by.is_staff):
        raise Forbidden(_("Only the applicants themselves can confirm this in their cabinet."))


def _hold(case: Case) -> None:
    """Two who act at once wait for each other. Raises Ended for a case that is over."""
    if not hold_case(case).is_unfinished:
        raise Ended
