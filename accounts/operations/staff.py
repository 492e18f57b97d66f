"""People who work here: hired and gone."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor

from .. import models
from ..signing import signed


class NumberTaken(Exception):
    """A user name or staff number is somebody else's."""

    def __init__(self) -> None:
        super().__init__(_("This user name or staff number is taken."))


class Yourself(Exception):
    """Nobody dismisses themselves: the last administrator would lock the door from outside."""

    def __init__(self) -> None:
        super().__init__(_("You cannot dismiss yourself. Another administrator does it."))


@dataclass(frozen=True, kw_only=True)
class NewStaff:
    """Somebody to hire: user name to sign in, number to say on the phone."""

    username: str
    number: str
    name: str
    hall: models.Hall | None = None
    password: str = ""


@transaction.atomic
def hire_staff(*, person: NewStaff, by: Actor, at: datetime) -> models.Staff:
    """A user and a staff row without any role yet. Raises NumberTaken."""
    # Whatever the case: the sign-in does not tell Fang from fang.
    taken = models.User.objects.filter(username__iexact=person.username).exists()
    if taken or models.Staff.objects.filter(number=person.number).exists():
        raise NumberTaken
    user = models.User(username=person.username, is_staff=True)
    user.set_password(person.password or None)
    user.save()
    staff = models.Staff(user=user, number=person.number, name=person.name.strip(), hall=person.hall)
    signed(staff, by=by, at=at).save()
    return staff


@transaction.atomic
def dismiss_staff(*, staff: models.Staff, by: Actor, at: datetime) -> None:
    """They left: no role counts any more and the sign-in is closed. What they did keeps their name. Raises Yourself."""
    if by.actor_label == staff.user.actor_label:
        raise Yourself
    if staff.left_at is not None:
        return
    staff.left_at = at
    signed(staff, by=by, at=at).save(update_fields=["left_at"])
    models.User.objects.filter(pk=staff.user_id).update(is_active=False)
