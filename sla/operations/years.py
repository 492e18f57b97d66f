"""See that the years ahead are known before anybody needs them."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

import notices.operations
from accounts.clock import business_date
from accounts.models import Staff

from ..models import CalendarVersion
from ..queries import years
from ..queries.roster import roster_at
from ..queries.years import MissingYear
from .calendars import load_holidays
from .moving import owe_guesses

#: Who hears of a year that is missing.
_TOLD = ("supervisor", "branch_manager", "administrator")
#: The first year whose days we keep: enough for the demo's past and for reports.
FIRST_YEAR = 2020


@transaction.atomic
def load_due_years(*, at: datetime) -> int:
    """Public holidays of every country that a calendar counts by, from the first year we keep to the next one. How many changed."""
    countries = CalendarVersion.objects.exclude(country="").values_list("country", flat=True).distinct()
    return load_holidays(countries=sorted(countries), years=range(FIRST_YEAR, business_date(at).year + 2), at=at)


@transaction.atomic
def watch_years(*, at: datetime) -> list[MissingYear]:
    """Take over what the library has learned meanwhile; whatever is still missing is told to supervisors, once a week."""
    load_due_years(at=at)
    # A clock that was begun by a process with an older book while a year was entered.
    owe_guesses(cause=f"watch:{business_date(at)}", at=at)
    missing = years.missing_years(at)
    roles = roster_at(at).roles
    told = Staff.objects.filter(pk__in={one for role in _TOLD for one in roles.get(role, ())}).select_related("user")
    week = f"{business_date(at):%G-W%V}"
    for one in missing:
        notices.operations.owe_to_staff(
            kind="calendar_missing",
            key=f"calendar:{one.country}:{one.year}:{week}",
            staff=list(told),
            context={"country": one.country, "year": one.year, "begins": one.begins},
            at=at,
            link=reverse("sla:calendar_list"),
        )
    return missing
