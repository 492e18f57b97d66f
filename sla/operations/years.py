"""See that the years ahead are known before anybody needs them."""

from datetime import datetime

from django.db import transaction

from accounts.clock import business_date

from ..models import CalendarVersion
from .calendars import load_holidays

#: The first year whose days we keep: enough for the demo's past and for reports.
FIRST_YEAR = 2020


@transaction.atomic
def load_due_years(*, at: datetime) -> int:
    """Public holidays of every country that a calendar counts by, from the first year we keep to the next one. How many changed."""
    countries = CalendarVersion.objects.exclude(country="").values_list("country", flat=True).distinct()
    years = range(FIRST_YEAR, business_date(at).year + 2)
    return load_holidays(countries=sorted(countries), years=years, at=at)
