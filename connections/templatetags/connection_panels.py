"""What an application for gas shows on pages of other rooms: on the case, in the cabinet, on the public tracking page."""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from accounts.clock import business_now
from casework.models import Case, GeneralRequest

from .. import appliances, phone_proof
from ..models import Application
from ..queries import applicants
from ..queries.papers import in_words
from ..states import CONNECTION

register = template.Library()


@register.inclusion_tag("connections/panel_mine.html", takes_context=True)
def my_connection(context: Context, case: Case, *, is_tracked: bool = False) -> dict[str, Any]:
    """For the applicant, signed in or with reference and code: where it stands, whose turn it is, what is missing, the next dates."""
    application = application_of(case)
    if application is None:
        return {}
    at, request = business_now(), context["request"]
    known = {name: context.get(name) for name in ("company", "csrf_token", "request")}
    is_proved = is_tracked and phone_proof.may_read(request, case, at=at, real=timezone.now())
    reader = "cabinet" if not is_tracked else "proved" if is_proved else "tracked"
    told = {"is_tracked": is_tracked, "reader": reader, "has_phone": bool(case.contact_phone), "digits": phone_proof.DIGITS}
    return {**applicants.standing(application, at=at), **known, **told}


@register.inclusion_tag("connections/panel_case.html", takes_context=True)
def connection_of(context: Context, case: Case) -> dict[str, Any]:
    """For staff, on the case's page: what is wanted and where, and the outside number with its deadline beside ours."""
    application = application_of(case)
    if application is None:
        return {}
    found = applicants.standing(application, at=business_now())
    return {**found, "appliances": appliances.in_words(application.appliances), "request": context["request"]}


@register.inclusion_tag("connections/door_case.html")
def connection_door(case: Case) -> dict[str, Any]:
    """On the page of a call's record: the door to make an application of it."""
    asked = getattr(case, "general_request", None)
    return {"case": case, "is_open": asked is not None and asked.topic == GeneralRequest.Topic.CONNECTION and case.is_unfinished}


@register.filter
def by_language(texts: dict[str, str]) -> str:
    """A text of a plan in the reader's language."""
    return in_words(texts)


def application_of(case: Case) -> Application | None:
    """The application of a case of our kind, with the case as it is."""
    if case.kind != CONNECTION.kind:
        return None
    found = Application.objects.select_related("territory", "policy").filter(case=case).first()
    if found is not None:
        found.case = case
    return found
