"""What an offer shows on pages of other rooms: on the case for staff, and for the applicant."""

from typing import Any

from django import template

from accounts.clock import business_now
from casework.models import Case

from ..models import Application, QuoteLine
from ..queries.offers import offer_of
from ..queries.quote_words import until_of
from ..states import CONNECTION, ConnectionStatus
from .connection_panels import application_of

register = template.Library()


@register.filter
def goes_back_until(line: QuoteLine) -> str:
    """Until which status a line goes back when the application is withdrawn, in words."""
    return str(ConnectionStatus(until_of(line)).label)


@register.inclusion_tag("connections/panel_offer.html")
def offer_of_case(case: Case) -> dict[str, Any]:
    """For staff: where quote, contract and money stand, and the door to all of it."""
    application = application_of(case)
    return {"case": case, "offer": offer_of(application, at=business_now())} if application else {}


@register.inclusion_tag("connections/panel_my_offer.html")
def my_offer(application: Application, *, is_tracked: bool = False) -> dict[str, Any]:
    """For the applicant: what it costs, what is to be accepted or paid, and the way out."""
    may_end = CONNECTION.find("cancel", application.case.status) is not None
    return {"offer": offer_of(application, at=business_now()), "case": application.case, "is_tracked": is_tracked, "may_end": may_end}
