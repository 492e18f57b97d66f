"""Doors to appointments at halls, on pages about something else."""

from typing import Any

from django import template

from accounts.clock import business_now
from accounts.models import Account, Hall, User
from casework.models import Case

from .. import permissions
from ..queries.hall_appointments import whole
from ..queries.hall_times import bookable_halls

register = template.Library()


@register.inclusion_tag("desk/appointments/door.html")
def book_here(hall: Hall) -> dict[str, Any]:
    """Beside a hall where something can be booked."""
    return {"hall": hall if bookable_halls().filter(pk=hall.pk).exists() else None}


@register.inclusion_tag("desk/appointments/my_next.html")
def my_next_visit(user: User) -> dict[str, Any]:
    """In the cabinet: the next appointment, or the door to book one where that can be done."""
    at = business_now()
    coming = permissions.visible(user, at=at).to_come().filter(ends_at__gt=at).order_by("starts_at", "pk").first()
    return {"one": coming, "may_book": coming is not None or bookable_halls().exists()}


@register.inclusion_tag("desk/appointments/of_account.html")
def appointments_of_account(account: Account) -> dict[str, Any]:
    """For staff: when somebody comes about an account, and the door to book for them."""
    at = business_now()
    coming = whole().filter(account=account).to_come().filter(ends_at__gt=at).order_by("starts_at", "pk")
    return {"account": account, "coming": coming}


@register.inclusion_tag("desk/appointments/of_case.html")
def hall_visits_of_case(case: Case) -> dict[str, Any]:
    """For staff: when somebody came, or comes, to a hall about a case; nothing where nobody did."""
    return {"found": whole().filter(case=case).order_by("starts_at", "pk")}
