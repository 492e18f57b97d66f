"""Which draft this browser goes on with, and which application it sent: kept in the session, never in an address that is shown."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.clock import business_now
from accounts.models import User
from accounts.sealing import digest
from accounts.throttles import Pace, may_ask, may_ask_about

from ..models import Application, ApplicationDraft
from ..operations import drafts
from ..operations.drafts import DraftGone

_DRAFT, _APPLIED = "application_draft", "applied"
#: How long a browser may come back to the reference it was given; real time, as sessions do.
_LASTS = 12 * 3600
#: Begun and not sent costs us a row each.
_BEGIN = Pace("apply_begin", "60/hour")


def draft_of(request: HttpRequest) -> ApplicationDraft | None:
    """The draft this browser goes on with; None where there is none, or no longer."""
    try:
        return drafts.find_draft(secret=request.session.get(_DRAFT, ""), at=business_now())
    except DraftGone:
        return None


def open_draft_of(request: HttpRequest) -> ApplicationDraft | None:
    """The same while it is not sent."""
    draft = draft_of(request)
    return draft if draft is not None and draft.case_id is None else None


def new_draft(request: HttpRequest) -> ApplicationDraft | None:
    """A new draft for this browser; None where too many were begun from its address."""
    if not may_ask(request, _BEGIN):
        return None
    draft, secret = drafts.begin_draft(asker=asker_of(request), at=business_now())
    request.session[_DRAFT] = secret
    return draft


def secret_of(request: HttpRequest) -> str:
    """What opens the draft; for the link that goes on elsewhere."""
    return str(request.session.get(_DRAFT, ""))


def take_up(request: HttpRequest, secret: str) -> bool:
    """Go on with the draft of a link; whether there is one."""
    try:
        drafts.find_draft(secret=secret, at=business_now())
    except DraftGone:
        return False
    request.session[_DRAFT] = secret
    return True


def let_go(request: HttpRequest) -> None:
    """This browser has no draft any more."""
    request.session.pop(_DRAFT, None)


def remember_applied(request: HttpRequest, key: int) -> None:
    """The next page shows reference and code; the draft has done its work."""
    request.session[_APPLIED] = [key, timezone.now().timestamp() + _LASTS]


def applied_of(request: HttpRequest) -> Application | None:
    """What this browser sent within the last hours."""
    key, until = request.session.get(_APPLIED, (0, 0))
    if until < timezone.now().timestamp():
        return None
    found = Application.objects.select_related("case__timeline", "case__owner", "policy")
    return found.filter(pk=key, case__erased_at=None).first()


def may_send(request: HttpRequest, wished: dict[str, Any]) -> bool:
    """Whether this address, and this phone, may send one more application within the hour. The hotline takes it in any case."""
    from_here = may_ask(request, Pace("apply", f"{settings.APPLICATIONS_PER_NETWORK}/hour"))
    return from_here and may_ask_about(digest(wished["phone"]), Pace("apply_phone", f"{settings.APPLICATIONS_PER_PHONE}/hour"))


def asker_of(request: HttpRequest) -> User | None:
    """A customer who is signed in finds it in the cabinet; everybody else is nobody here, staff too."""
    user = request.user
    return user if isinstance(user, User) and not user.is_staff else None
