"""Take an appeal, a question or a review: numbered, and in the hands of a reception specialist before this returns.

Note [A number of a portal comes once]. A portal of the city sends again when it did not hear our answer. Its number finds the appeal
that it made; what else is sent with it changes nothing.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.queries.named_places import named_in
from accounts.roles import Role
from casework.models import Channel
from casework.operations import NothingSaid, attach, open_case

from .. import matters, reception_permissions
from ..gravity import says_enough
from ..models import Appeal, AppealForm
from ..models.appeal import LONGEST
from ..states import APPEAL
from .reception_intake import Sender, known_outside, opening_of, put_into_hands
from .reception_ways import NobodyToAnswer


class TooLong(Exception):
    """Longer things come as a file."""

    def __init__(self) -> None:
        said = _("That is longer than %(most)s characters. Say it shorter, or send it as a file.")
        super().__init__(said % {"most": LONGEST})


@dataclass(frozen=True, kw_only=True)
class NewAppeal(Sender):
    """What somebody writes."""

    form: str
    topic: str
    text: str
    place: str = ""
    is_publishable: bool = False


def send_appeal(*, new: NewAppeal, file: "File[bytes] | None" = None, by: Actor, at: datetime) -> Appeal:
    """Take it, with a file that came along; see Note [A number of a portal comes once].

    A review needs no answer, everything else somebody to answer. Raises NothingSaid, TooLong, NobodyToAnswer, NotTaken, Forbidden.
    """
    reception_permissions.check_may_write(by, at=at)
    _check(new)
    if known := known_outside(Appeal, new.outside):
        return known
    try:
        return _take(new, file, by, at)
    except IntegrityError:
        # The portal asked twice at once, and the other asking was first.
        if known := known_outside(Appeal, new.outside):
            return known
        raise


@transaction.atomic
def _take(new: NewAppeal, file: "File[bytes] | None", by: Actor, at: datetime) -> Appeal:
    territory = named_in(new.place) or (new.account.premises.territory if new.account else None)
    matter = matters.of_appeal(new.form, new.topic)
    opening = opening_of(new, kind=APPEAL.kind, matter=matter, classification=new.form, territory=territory, by=by)
    case = open_case(opening=opening, by=by, at=at)
    appeal = Appeal.objects.create(
        case=case,
        form=new.form,
        topic=new.topic,
        text=new.text.strip(),
        place=new.place.strip()[:240],
        territory=territory,
        email=new.email.strip(),
        is_publishable=new.is_publishable,
        outside_system=new.outside.system if new.outside else "",
        outside_number=new.outside.number if new.outside else "",
    )
    if file is not None:
        attach(case=case, file=file, by=by, at=at)
    put_into_hands(case=case, role=Role.RECEPTION_SPECIALIST, territory=territory, at=at)
    return appeal


def _check(new: NewAppeal) -> None:
    if not says_enough(new.text, is_review=new.form == AppealForm.REVIEW):
        raise NothingSaid
    if len(new.text) > LONGEST:
        raise TooLong
    # Paper is answered on paper, to the address that stands on it.
    is_on_paper = new.channel == Channel.LETTER and new.name and new.place
    if new.form != AppealForm.REVIEW and not (new.phone or new.email or new.account or new.asker or new.outside or is_on_paper):
        raise NobodyToAnswer
