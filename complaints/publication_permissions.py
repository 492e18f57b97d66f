"""Who may write an answer for everybody, and who may publish it. A part of the system acts by its own rules; a person needs the verb."""

from datetime import datetime

from django.utils.translation import gettext as _

import accounts.permissions
import accounts.queries
from accounts.actors import Actor
from accounts.models import Staff, User
from accounts.permissions import Forbidden
from accounts.roles import Verb
from casework.permissions import check_not_about

from .models import Publication


class SamePair(Forbidden):
    """Whoever wrote the words or put the file there cannot be the one who lets them out."""

    def __init__(self) -> None:
        super().__init__(_("You wrote these words. Somebody else must read them before everybody can."))


def writer(actor: Actor, publication_case_of: Publication | None, *, at: datetime) -> Staff:
    """Who writes, proposes, takes back: staff who handle cases and whom the case is not about. Raises Forbidden, AboutThemselves."""
    user = _user(actor)
    accounts.permissions.check_verb(user, Verb.HANDLE_CASES, at=at)
    staff = accounts.queries.current_staff(user)
    if publication_case_of is not None and publication_case_of.case is not None:
        check_not_about(staff, publication_case_of.case, at=at)
    return staff


def check_may_write(user: User, publication: Publication | None, *, at: datetime) -> None:
    """Write, change, propose, give up, take back. Raises Forbidden, AboutThemselves."""
    writer(user, publication, at=at)


def publisher(actor: Actor, publication: Publication, *, at: datetime) -> Staff:
    """Who publishes or sends back: may publish, and wrote nothing of it. Raises Forbidden, SamePair, AboutThemselves."""
    user = _user(actor)
    accounts.permissions.check_verb(user, Verb.PUBLISH_ANSWERS, at=at)
    staff = accounts.queries.current_staff(user)
    if publication.case is not None:
        check_not_about(staff, publication.case, at=at)
    if publication.drafted_by_id == staff.pk or publication.files.filter(added_by=staff).exists():
        raise SamePair
    return staff


def check_may_publish(user: User, publication: Publication, *, at: datetime) -> None:
    """Publish or send back. Raises Forbidden, SamePair, AboutThemselves."""
    publisher(user, publication, at=at)


def _user(actor: Actor) -> User:
    if not isinstance(actor, User):
        raise Forbidden(_("Only a colleague can do this."))
    return actor
