"""What the works show on pages of other rooms: on the case for staff, and for the applicant."""

from typing import Any

from django import template

from casework.models import Case

from ..models import Application
from ..queries.works import works_of
from .connection_panels import application_of

register = template.Library()


@register.inclusion_tag("connections/panel_works.html")
def works_of_case(case: Case) -> dict[str, Any]:
    """For staff: how far the works are."""
    application = application_of(case)
    return {"works": works_of(application)} if application else {}


@register.inclusion_tag("connections/panel_my_works.html")
def my_works(application: Application) -> dict[str, Any]:
    """For the applicant: what was built, and what has to be corrected."""
    return {"works": works_of(application)}
