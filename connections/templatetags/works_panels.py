"""What the works show on pages of other rooms: on the case for staff, and for the applicant."""

from typing import Any

from django import template
from django.template import Context

from casework.models import Case

from ..models import Application
from ..queries.works import shown_photos, works_of
from .connection_panels import application_of

register = template.Library()


@register.inclusion_tag("connections/panel_works.html")
def works_of_case(case: Case) -> dict[str, Any]:
    """For staff: how far the works are."""
    application = application_of(case)
    return {"works": works_of(application)} if application else {}


@register.inclusion_tag("connections/panel_my_works.html", takes_context=True)
def my_works(context: Context, application: Application, *, reader: str = "cabinet") -> dict[str, Any]:
    """For the applicant: what was built, and what has to be corrected; to whoever only ``tracked`` it without words and photos."""
    may_read = reader != "tracked"
    return {
        "works": works_of(application),
        "case": application.case,
        "shown": set(shown_photos(application).values_list("pk", flat=True)) if may_read else set(),
        "is_tracked": reader != "cabinet",
        "may_read": may_read,
        "csrf_token": context.get("csrf_token"),
    }
