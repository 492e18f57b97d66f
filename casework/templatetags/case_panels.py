"""What cases put on other pages: an account's, the search's; and how a case is named and coloured."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.translation import gettext as _

from accounts.clock import business_now
from accounts.models import Account, Segment

from .. import kinds, permissions, queries, references
from ..file_types import ENDINGS
from ..models import Case
from ..operations.attachments import MOST_UNSIGNED

register = template.Library()

#: Tone and icon by what a status says, whatever the kind; a kind's own words look like work being done.
_LOOKS: Mapping[str, tuple[str, str]] = {
    "open": ("busy", "circle-dot"),
    "held": ("warn", "circle-pause"),
    "waiting": ("warn", "message-circle-question-mark"),
    "answered": ("good", "message-circle-reply"),
    "finished": ("good", "circle-check"),
    "confirmed": ("good", "circle-check-big"),
    "done": ("good", "circle-check"),
    "closed": ("quiet", "archive"),
    "cancelled": ("quiet", "ban"),
    "merged": ("quiet", "merge"),
}
_AT_WORK = ("busy", "circle-dot")


@register.inclusion_tag("components/status_tag.html")
def case_status(case: Case) -> dict[str, Any]:
    """The status of a case as word, icon and tone."""
    tone, icon = _LOOKS.get(case.status, _AT_WORK)
    return {"word": kinds.kind(case.kind).lifecycle.label_of(case.status), "icon": icon, "tone": tone}


@register.inclusion_tag("casework/segment_tag.html")
def segment_tag(case: Case) -> dict[str, Any]:
    """A word beside the name of somebody whose matters come first; nothing beside everybody else's."""
    found = Segment(case.segment) if case.segment in Segment.values else Segment.ORDINARY
    return {"segment": found.label if found.comes_first else ""}


@register.inclusion_tag("components/status_tag.html")
def my_case_status(case: Case) -> dict[str, Any]:
    """The same in words to the customer: waiting is waiting for them."""
    look = case_status(case)
    return {**look, "word": _("waiting for you")} if case.status == "waiting" else look


@register.inclusion_tag("casework/case_seal.html")
def seal_of(case: Case, link: str) -> dict[str, Any]:
    """Since when the steps of a case are sealed, with the proof to take along at ``link``."""
    return {"seal": queries.newest_seal(case.timeline_id), "link": link}


@register.inclusion_tag("casework/send_photos.html", takes_context=True)
def send_photos(context: Context, case: Case, url: str) -> dict[str, Any]:
    """For who did not sign in: how many files are with it, and a form for more. ``taken`` on the page is what became of the last ones."""
    return {
        "case": case,
        "url": url,
        "taken": context.get("taken"),
        "count": queries.files_from_customer(case).count(),
        "most": MOST_UNSIGNED,
        "megabytes": settings.ATTACHMENT_MAX_BYTES // 1_000_000,
        "accepted": ",".join(ENDINGS),
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def kind_of(case: Case) -> str:
    """What kind of case it is, in words."""
    return str(kinds.kind(case.kind).label)


@register.filter
def grouped(text: str) -> str:
    """A reference or code as it is read out."""
    return references.grouped(text)


@register.filter
def file_size(size: int) -> str:
    """In kB or MB, for the eye."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1_000)} kB"


@register.inclusion_tag("casework/panel_account.html", takes_context=True)
def cases_of_account(context: Context, account: Account) -> dict[str, Any]:
    """The cases of an account for staff who handle them, unfinished first; nothing for others."""
    user, at = context["request"].user, business_now()
    visible = permissions.visible_cases(user, at)
    return {
        "cases": list(queries.newest_first(visible.filter(account=account))[:10]),
        "account": account,
        "now": at,
        "sees": permissions.handles_cases(user, at),
    }


@register.inclusion_tag("casework/panel_mine.html", takes_context=True)
def my_open_requests(context: Context) -> dict[str, Any]:
    """What a customer has asked and waits for, on the first page of the cabinet."""
    at = business_now()
    visible = permissions.visible_cases(context["request"].user, at).unfinished()
    return {"cases": list(queries.newest_first(visible)[:5]), "now": at}


@register.inclusion_tag("casework/panel_counter.html", takes_context=True)
def open_cases(context: Context, account: Account) -> dict[str, Any]:
    """The open cases of the customer at the counter, in a line each."""
    at = business_now()
    visible = permissions.visible_cases(context["request"].user, at).unfinished()
    return {"cases": list(queries.newest_first(visible.filter(account=account))[:3]), "now": at}
