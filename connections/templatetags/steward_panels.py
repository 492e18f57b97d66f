"""The steward, the mandate and the times of visits, on the pages of an application's case: the staff's, the cabinet's, the public one."""

from datetime import timedelta
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.clock import business_now
from accounts.permissions import may
from casework.models import Case

from .. import mandates, steward_permissions
from ..forms.steward import HandOverForm
from ..models import Application, Mandate
from ..queries import stewards, visits
from .connection_panels import application_of

register = template.Library()


@register.inclusion_tag("connections/panel_steward.html", takes_context=True)
def steward_of(context: Context, case: Case) -> dict[str, Any]:
    """For staff: whose it is, who stands in, the notes of those before, the mandate, and the acts on them. Empty for other kinds."""
    application = application_of(case)
    if application is None:
        return {}
    at, user = business_now(), context["request"].user
    past = list(stewards.past_of(application))
    return {
        **_shared(application, "case"),
        "case": case,
        "counterpart": stewards.counterpart_of(application, at),
        "note": next((row.note for row in past if row.until is None), ""),
        "past": [row for row in past if row.until is not None],
        "may_hand_over": case.is_unfinished and bool(may(steward_permissions.check_may_hand_over, user, application, at=at)),
        "form": HandOverForm(at=at, but=case.owner_id, auto_id="hand_%s"),
        "csrf_token": context.get("csrf_token"),
        "now": at,
    }


@register.inclusion_tag("connections/panel_help.html", takes_context=True)
def my_help(context: Context, case: Case, *, is_tracked: bool = False) -> dict[str, Any]:
    """For the applicant: choose when somebody comes, and have us act for them."""
    application = application_of(case)
    if application is None or not case.is_unfinished:
        return {}
    return {**_shared(application, "tracked" if is_tracked else "cabinet"), "case": case, "csrf_token": context.get("csrf_token")}


@register.filter
def in_days(length: timedelta) -> str:
    """A length of time as people say it: days, or hours below two days."""
    hours = round(length.total_seconds() / 3600)
    if not hours:
        return _("under an hour")
    if hours < 48:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = round(hours / 24)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def _shared(application: Application, door: str) -> dict[str, Any]:
    reference = [] if door == "tracked" else [application.case.reference]
    mandate = Mandate.objects.filter(application=application, revoked_at=None).select_related("signature").first()
    visit_urls = [
        (visits.called(purpose), reverse(f"connections:{door}_visit", args=[*reference, purpose]))
        for purpose in visits.bookable(application)
    ]
    return {
        "application": application,
        "mandate": mandate,
        "mandated": mandates.in_words(mandate.deeds) if mandate else [],
        "signed_how": mandates.SignedHow(mandate.signed_how).label if mandate else "",
        "visit_urls": visit_urls,
        "mandate_url": reverse(f"connections:{door}_mandate", args=reference),
        "revoke_url": reverse(f"connections:{door}_mandate_revoke", args=reference),
    }
