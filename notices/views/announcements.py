"""Announcements for staff: the list, one with how far it has come, and the form to write one."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.clock import business_now
from accounts.models import Account, Segment
from accounts.permissions import may, verbs_of
from accounts.queries import places
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with
from casework.operations import StaleRow

from .. import announcement_permissions, audiences, channels
from ..announcement_forms import AnnouncementForm, HourForm, MoveForm, ReasonForm
from ..models import Announcement, Channel
from ..operations import announcements
from ..operations.announcement_previews import preview, preview_draft
from ..operations.announcement_refusals import BadAnnouncement
from ..queries import announcements as found

_PAGE = 50


def announcement_or_404(key: int) -> Announcement:
    """One of them, or none."""
    try:
        return found.get_announcement(key)
    except found.AnnouncementNotFound:
        raise Http404 from None


@require_safe
@staff_with(Verb.HANDLE_CASES)
def announcement_list(request: MemberRequest) -> HttpResponse:
    """All of them, the newest first; what waits for approval is said above."""
    at = business_now()
    page = Paginator(found.announcements(), _PAGE).get_page(request.GET.get("page"))
    verbs = verbs_of(request.user, at)
    waiting = found.announcements().filter(status=Announcement.Status.OFFERED).count() if Verb.APPROVE_ANNOUNCEMENTS in verbs else 0
    context = {"page": page, "waiting": waiting, "may_announce": Verb.ANNOUNCE in verbs, "now": at}
    return render(request, "notices/announcement_list.html", context)


@require_safe
@staff_with(Verb.HANDLE_CASES)
def announcement(request: MemberRequest, pk: int) -> HttpResponse:
    """One of them: its words, whom it is for, what can be done, and what became of its messages."""
    at, row = business_now(), announcement_or_404(pk)
    touched = list(row.territories.all())
    names = places.place_names(touched)
    known = audiences.audiences().get(row.condition)
    context = {
        "announcement": row,
        "places": [names[place.pk] for place in touched],
        "segments": _labels(Segment.choices, row.segments),
        "price_classes": _labels(Account.PriceClass.choices, row.price_classes),
        "ways": _labels(Channel.choices, row.ways),
        "condition": known.title if known else row.condition,
        "preview": preview(announcement=row, at=at),
        "progress": found.progress_of(row),
        "turns": found.turns_of(row),
        "lost": list(found.lost_of(row)) if row.is_released else [],
        "has_gateway": Channel.SMS in channels.open_channels(),
        "may_announce": may(announcement_permissions.check_may_announce, request.user, at=at),
        "may_approve": may(announcement_permissions.check_may_approve, request.user, row, at=at),
        "forms": {
            "hour": HourForm(auto_id="hour_%s"),
            "move": MoveForm(auto_id="move_%s", initial={"publish_at": row.publish_at and timezone.localtime(row.publish_at)}),
            "back": ReasonForm(auto_id="back_%s"),
            "cancel": ReasonForm(auto_id="cancel_%s"),
        },
        "now": at,
    }
    return render(request, "notices/announcement.html", context)


@require_http_methods(["GET", "POST"])
@staff_with(Verb.ANNOUNCE)
def announcement_new(request: MemberRequest) -> HttpResponse:
    """Write one: walking through the tree and looking only show the form again."""
    at, form = business_now(), AnnouncementForm(request.POST or None)
    if _is_sent(request, form):
        row = _try(form, lambda: announcements.write_announcement(draft=form.draft(), by=request.user, at=at))
        if row is not None:
            messages.success(request, _("Written down. Nobody has been told yet: look at it, then say when it goes out."))
            return redirect("notices:announcement", row.pk)
    return _page(request, form, at, {"title": _("Write an announcement")})


@require_http_methods(["GET", "POST"])
@staff_with(Verb.ANNOUNCE)
def announcement_change(request: MemberRequest, pk: int) -> HttpResponse:
    """Write it anew, as long as nobody has scheduled it."""
    at, row = business_now(), announcement_or_404(pk)
    form = AnnouncementForm(request.POST or None, announcement=row)
    if _is_sent(request, form):
        done = _try(form, lambda: announcements.change_announcement(announcement=row, draft=form.draft(), by=request.user, at=at))
        if done is not None:
            messages.success(request, _("Changed."))
            return redirect("notices:announcement", row.pk)
    return _page(request, form, at, {"title": _("Change the announcement"), "announcement": row})


def _labels(choices: Iterable[tuple[Any, Any]], codes: Collection[str]) -> list[str]:
    return [str(label) for code, label in choices if str(code) in codes]


def _is_sent(request: MemberRequest, form: AnnouncementForm) -> bool:
    if "send" in request.POST:
        return form.is_valid()
    for field in form.fields.values():
        field.required = False  # who still looks for places has not forgotten the rest
    return False


def _try(form: AnnouncementForm, act: Callable[[], Announcement]) -> Announcement | None:
    try:
        return act()
    except BadAnnouncement as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, str(refusal))
    except StaleRow as refusal:
        form.add_error(None, str(refusal))
    return None


def _page(request: MemberRequest, form: AnnouncementForm, at: datetime, context: dict[str, Any]) -> HttpResponse:
    is_sent = request.method == "POST" and "send" in request.POST
    chosen = places.outermost(form.chosen())
    first = chosen[0].parent_id if chosen and request.method == "GET" else ""
    here = str(request.POST.get("go") or request.POST.get("here") or first or "")
    sought = request.POST.get("sought", "").strip() if "look" in request.POST else ""
    is_looked_at = "count" in request.POST and form.is_valid()
    shown = {
        "form": form,
        "shows_errors": is_sent,
        "tree": places.branch(int(here) if here.isdecimal() and len(here) < 19 else None, sought),
        "chosen": places.named(chosen),
        "chosen_keys": {place.pk for place in chosen},
        "preview": preview_draft(draft=form.draft(), at=at) if is_looked_at else None,
    }
    return render(request, "notices/announcement_form.html", {**shown, **context}, status=422 if is_sent else 200)
