"""What is done with an announcement: scheduled, approved, sent back, moved, called off, sent again."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.clock import business_now
from accounts.permissions import Forbidden
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow, WrongMove

from ..announcement_forms import HourForm, MoveForm
from ..models import Announcement
from ..operations import announcements
from ..operations.announcement_refusals import BadAnnouncement
from .announcements import announcement_or_404


@require_POST
@staff_with(Verb.ANNOUNCE)
def schedule(request: MemberRequest, pk: int) -> HttpResponse:
    """At an hour, or as soon as may be."""
    row, at, form = announcement_or_404(pk), business_now(), HourForm(request.POST)
    if not form.is_valid():
        return _refuse(request, row, _("Write the day and the hour."))
    hour = form.cleaned_data["publish_at"]
    return _act(request, row, "", lambda: announcements.schedule(announcement=row, publish_at=hour, by=request.user, at=at))


@require_POST
@staff_with(Verb.APPROVE_ANNOUNCEMENTS)
def approve(request: MemberRequest, pk: int) -> HttpResponse:
    row, at = announcement_or_404(pk), business_now()
    return _act(request, row, "", lambda: announcements.approve(announcement=row, by=request.user, at=at))


@require_POST
@staff_with(Verb.APPROVE_ANNOUNCEMENTS)
def send_back(request: MemberRequest, pk: int) -> HttpResponse:
    row, at, reason = announcement_or_404(pk), business_now(), request.POST.get("reason", "")
    done = _("Sent back to its writer.")
    return _act(request, row, done, lambda: announcements.send_back(announcement=row, reason=reason, by=request.user, at=at))


@require_POST
@staff_with(Verb.ANNOUNCE)
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """To another hour."""
    row, at, form = announcement_or_404(pk), business_now(), MoveForm(request.POST)
    if not form.is_valid():
        return _refuse(request, row, _("Write the day and the hour."))
    hour = form.cleaned_data["publish_at"]
    done = _("Moved to another hour.")
    return _act(request, row, done, lambda: announcements.move_hour(announcement=row, publish_at=hour, by=request.user, at=at))


@require_POST
@staff_with(Verb.ANNOUNCE)
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    row, at, reason = announcement_or_404(pk), business_now(), request.POST.get("reason", "")
    done = _("Called off. Nothing more goes out.")
    return _act(request, row, done, lambda: announcements.call_off(announcement=row, reason=reason, by=request.user, at=at))


@require_POST
@staff_with(Verb.ANNOUNCE)
def again(request: MemberRequest, pk: int) -> HttpResponse:
    """What did not arrive is tried once more."""
    row, at = announcement_or_404(pk), business_now()
    try:
        count = announcements.send_again(announcement=row, by=request.user, at=at)
    except (WrongMove, StaleRow) as refusal:
        return _refuse(request, row, str(refusal))
    words = ngettext("%(count)s message is on its way again.", "%(count)s messages are on their way again.", count)
    messages.success(request, words % {"count": count})
    return redirect("notices:announcement", row.pk)


def _act(request: MemberRequest, row: Announcement, done: str, act: Callable[[], Announcement]) -> HttpResponse:
    """Do it, or say why not; back to its page."""
    try:
        act()
    except (BadAnnouncement, WrongMove, StaleRow, Forbidden) as refusal:
        return _refuse(request, row, str(refusal))
    waits = _("Somebody else must approve it first. They have been told.")
    messages.success(request, done or (waits if row.is_offered else _("Scheduled.")))
    return redirect("notices:announcement", row.pk)


def _refuse(request: MemberRequest, row: Announcement, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("notices:announcement", row.pk)
