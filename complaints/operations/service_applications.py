"""Applications for services on their own way (T90): complete, given to who is in charge by function and territory, a time, done.

Note [Asked once]. Whoever was told what is missing and brought it is not asked for something else that could have been said the first
time: a later question repeats what has not come, and nothing new (as with papers, T82).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import casework.operations
import casework.queries
from accounts.actors import Actor
from accounts.listing import listed
from accounts.models import User
from accounts.queries.named_places import named_in
from accounts.roles import Role
from casework.models import Contact
from casework.operations import NewContact, NothingSaid, attach, open_case, record_contact

from .. import matters, reception_permissions
from ..models import Item, Service, ServiceApplication
from ..service_items import gaps
from ..states import SERVICE_APPLICATION
from .reception_intake import Sender, known_outside, opening_of, put_into_hands
from .reception_ways import NobodyToAnswer, way_to


class UnknownService(Exception):
    """Somebody applies for one of our services."""

    def __init__(self) -> None:
        super().__init__(_("Choose what you apply for."))


class NothingMissing(Exception):
    """What is asked for is named."""

    def __init__(self) -> None:
        super().__init__(_("Say what is missing."))


class AskedTwice(Exception):
    """The first question named everything. See Note [Asked once]."""

    def __init__(self, items: Collection[str]) -> None:
        said = _("The client was told everything at once; this was not on the list: %(items)s. Find it out without them.")
        super().__init__(said % {"items": in_words(items)})


@dataclass(frozen=True, kw_only=True)
class NewService(Sender):
    """What somebody applies for, and what they told us (``Item`` -> words)."""

    service: str
    details: Mapping[str, str] = field(default_factory=dict)
    wishes: str = ""


def in_words(items: Collection[str]) -> str:
    """Items in the reader's words, in a row."""
    return listed([str(Item(item).label) for item in items])


def apply_for_service(*, new: NewService, file: "File[bytes] | None" = None, by: Actor, at: datetime) -> ServiceApplication:
    """Take it, whatever is missing; a number of another system comes once.

    Raises UnknownService, NobodyToAnswer, NotTaken, Forbidden.
    """
    reception_permissions.check_may_write(by, at=at)
    if new.service not in Service.values:
        raise UnknownService
    if not (new.phone or new.email or new.account or new.asker):
        raise NobodyToAnswer
    if known := known_outside(ServiceApplication, new.outside):
        return known
    try:
        return _take(new, file, by, at)
    except IntegrityError:
        if known := known_outside(ServiceApplication, new.outside):
            return known
        raise


@transaction.atomic
def ask_for_missing(*, application: ServiceApplication, items: Collection[str], note: str, by: User, at: datetime) -> ServiceApplication:
    """Tell the client everything that is missing, at once and once; the case waits for them. See Note [Asked once].

    Raises NothingMissing, AskedTwice, WrongMove, StaleRow, Forbidden.
    """
    reception_permissions.check_may_triage(by, at=at)
    wanted = [item for item in Item.values if item in set(items)]
    if not wanted:
        raise NothingMissing
    if application.missing_told_at is not None and (new := [item for item in wanted if item not in application.missing]):
        raise AskedTwice(new)
    case = application.case
    said = " ".join(part for part in (in_words(wanted) + ".", note.strip()) if part)
    means = way_to(case, application.email)
    casework.operations.ask_customer(case=case, question=said, means=means, by=by, at=at)
    _note(application, missing=wanted, missing_told_at=application.missing_told_at or at)
    return application


@transaction.atomic
def give_details(*, application: ServiceApplication, details: Mapping[str, str], means: str, by: Actor, at: datetime) -> ServiceApplication:
    """What was missing, by whoever has it: the client, or staff who heard it by ``means``. The case waits no longer.

    Raises NothingSaid, NotYourCase, StaleRow.
    """
    given = {item: words.strip()[:300] for item, words in details.items() if item in Item.values and words.strip()}
    if not given:
        raise NothingSaid
    known = {**application.details, **given}
    _note(application, details=known, missing=[item for item in application.missing if not known.get(item)])
    content = "; ".join(f"{Item(item).label}: {words}" for item, words in given.items())
    said = NewContact(means=means, direction=Contact.Direction.IN, content=content)
    record_contact(case=application.case, contact=said, by=by, at=at)
    return application


def gaps_of(application: ServiceApplication) -> list[str]:
    """Items that are needed and not there; files with the case count. For pages and operations."""
    files = casework.queries.files_from_customer(application.case).count()
    known = {**application.details, "account": application.details.get("account") or str(application.case.account or "")}
    return gaps(application.service, known, files=files)


@transaction.atomic
def _take(new: NewService, file: "File[bytes] | None", by: Actor, at: datetime) -> ServiceApplication:
    details = {item: words.strip()[:300] for item, words in new.details.items() if item in Item.values and words.strip()}
    territory = named_in(details.get(Item.PLACE, "")) or (new.account.premises.territory if new.account else None)
    matter = matters.of_service(new.service)
    opening = opening_of(new, kind=SERVICE_APPLICATION.kind, matter=matter, classification=new.service, territory=territory, by=by)
    case = open_case(opening=opening, by=by, at=at)
    application = ServiceApplication.objects.create(
        case=case,
        service=new.service,
        details=details,
        wishes=new.wishes.strip()[:2_000],
        territory=territory,
        email=new.email.strip(),
        outside_system=new.outside.system if new.outside else "",
        outside_number=new.outside.number if new.outside else "",
    )
    if file is not None:
        attach(case=case, file=file, by=by, at=at)
    put_into_hands(case=case, role=Role.APPLICATION_ROUTER, territory=territory, at=at)
    return application


def _note(application: ServiceApplication, **fields: object) -> None:
    for name, value in fields.items():
        setattr(application, name, value)
    application.save(update_fields=list(fields))
