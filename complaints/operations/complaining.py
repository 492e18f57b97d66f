"""Take a complaint down, from whomever and however it comes; nothing that is wrong with it keeps it out but that it says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from accounts.models import Account, Hall, Premises, Staff, User
from casework.models import Case, Origin, Urgency
from casework.operations import Opening, Step, open_case, record, split

from .. import complaint_permissions, gravity, matters
from ..models import Accused, Complaint, Manner
from ..queries.earlier import earlier_ones, who_handled
from ..states import COMPLAINT
from .accusing import take_from_accused

#: Characters of one complaint; more comes as a file.
LONGEST = 10_000
MAJOR = "major"
_OFFICIAL = frozenset(Origin) - {Origin.CUSTOMER}


class NothingWritten(Exception):
    """A complaint says in words what happened."""

    def __init__(self) -> None:
        super().__init__(_("Say in words what happened, as short as you like."))


class TooLong(Exception):
    """Nobody reads a book in time."""

    def __init__(self, length: int) -> None:
        words = ngettext(
            "This has %(length)d character; we take %(most)d. Say here what matters most, and send the rest as a file afterwards.",
            "This has %(length)d characters; we take %(most)d. Say here what matters most, and send the rest as a file afterwards.",
            length,
        )
        super().__init__(words % {"length": length, "most": LONGEST})


class NoWayToAnswer(Exception):
    """Whoever wants an answer says where it goes."""

    def __init__(self, field: str) -> None:
        self.field = field
        words = {
            "phone": _("Leave a phone number for this, or choose to look the answer up yourself."),
            "email": _("Leave an e-mail address for this, or choose to look the answer up yourself."),
            "address": _("Leave a postal address for this, or choose to look the answer up yourself."),
        }
        super().__init__(words[field])


@dataclass(frozen=True, kw_only=True)
class Grievance:
    """What somebody says we did wrong. Of the person nothing is needed: who leaves no contact looks the answer up with the code.

    ``about``, ``origin`` and ``wanted_way`` are of the models; ``phone`` is in E.164. ``staff``, ``hall`` and ``role`` are whom it is
    about, ``accused_words`` who that is in the customer's words; ``about_case`` is the earlier case it is about.
    """

    about: str
    text: str
    channel: str
    origin: str = Origin.CUSTOMER
    account: Account | None = None
    premises: Premises | None = None
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    wanted_way: str = ""
    language: str = ""
    asker: User | None = None
    staff: Staff | None = None
    hall: Hall | None = None
    role: str = ""
    accused_words: str = ""
    about_case: Case | None = None


#: What an answer of this kind needs to arrive.
_NEEDS = {"letter": "address", "email": "email", "sms": "phone", "call": "phone"}


@transaction.atomic
def complain(*, grievance: Grievance, call: Case | None = None, by: Actor, at: datetime) -> Complaint:
    """Store a complaint, judge how grave it is, and keep it from whom it is about: whoever takes one down about himself does not keep it.

    ``call`` is the case of the call or request it is made from, which stays a case of its own. Raises NothingWritten, TooLong,
    NoWayToAnswer, Forbidden, and Ended for a call that is over.
    """
    complaint_permissions.check_may_complain(by, at=at)
    _check(grievance)
    earlier = earlier_ones(
        about=grievance.about, account=grievance.account, phone=grievance.phone, about_case=grievance.about_case, at=at
    ).count()
    rules = cast(Mapping[str, Any], settings.PROMISES)
    verdict = gravity.judge(
        grievance.text,
        is_official=grievance.origin in _OFFICIAL,
        earlier=earlier,
        counts=rules["major_complaint"],
        repeated_from=rules["repeated_from"],
    )
    opening = _opening(grievance, is_major=bool(verdict.major_why))
    case = split(case=call, opening=replace(opening, split_from=call), by=by, at=at) if call else open_case(opening=opening, by=by, at=at)
    complaint = _keep(case, grievance, verdict)
    facts = {"cause": complaint.about, "origin": complaint.origin, "major": complaint.major_why, "earlier": earlier}
    record(timeline_id=case.timeline_id, steps=[Step("complaint.recorded", facts), *_warnings(complaint)], by=by, at=at)
    take_from_accused(complaint=complaint, by=by, at=at)
    return complaint


def _check(grievance: Grievance) -> None:
    if not gravity.says_something(grievance.text):
        raise NothingWritten
    if len(grievance.text) > LONGEST:
        raise TooLong(len(grievance.text))
    needed = _NEEDS.get(grievance.wanted_way)
    # Whom we know by their account we reach anyway.
    if needed and not getattr(grievance, needed) and not (grievance.account and needed == "phone"):
        raise NoWayToAnswer(needed)


def _opening(grievance: Grievance, *, is_major: bool) -> Opening:
    return Opening(
        kind=COMPLAINT.kind,
        matter=matters.of_complaint(grievance.about),
        subject="",
        channel=grievance.channel,
        origin=grievance.origin,
        classification=MAJOR if is_major else "",
        urgency=Urgency.URGENT if is_major else Urgency.NORMAL,
        account=grievance.account,
        premises=grievance.premises,
        contact_name=grievance.name,
        contact_phone=grievance.phone,
        language=grievance.language,
        asker=grievance.asker,
    )


def _keep(case: Case, grievance: Grievance, verdict: gravity.Verdict) -> Complaint:
    names = ("about", "origin", "about_case", "wanted_way")
    complaint = Complaint.objects.create(
        case=case,
        text=grievance.text.strip(),
        email=grievance.email.strip(),
        address=grievance.address.strip()[:240],
        accused_hall=grievance.hall,
        accused_role=grievance.role,
        accused_words=grievance.accused_words.strip()[:200],
        major_why=verdict.major_why,
        manner=verdict.manner,
        **{name: getattr(grievance, name) for name in names},
    )
    handled = who_handled(grievance.about_case) if grievance.about_case and grievance.about_case.kind == COMPLAINT.kind else []
    accused = {**dict.fromkeys(handled, Accused.Why.HANDLED), **({grievance.staff.pk: Accused.Why.NAMED} if grievance.staff else {})}
    Accused.objects.bulk_create([Accused(complaint=complaint, staff_id=key, why=why) for key, why in accused.items()])
    return complaint


def _warnings(complaint: Complaint) -> list[Step]:
    return [Step("complaint.threatened")] if complaint.manner == Manner.THREAT else []
