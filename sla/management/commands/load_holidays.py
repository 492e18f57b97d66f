"""``manage.py load_holidays``: public holidays and make-up working days from the library, of chosen countries and years."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.clock import business_date, business_now
from sla.operations.calendars import BadCalendar, load_holidays


class Command(BaseCommand):
    help = "Loads public holidays and make-up working days; a year whose transfers are published counts as known from then on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("countries", nargs="*", default=["CN", "RU"], metavar="COUNTRY", help="ISO codes; CN and RU without any")
        parser.add_argument("--years", type=int, nargs="+", metavar="YEAR", help="this year and the next without any")

    def handle(self, *args: Any, **options: Any) -> None:
        at = business_now()
        this_year = business_date(at).year
        years = options["years"] or [this_year, this_year + 1]
        try:
            changed = load_holidays(countries=options["countries"], years=years, at=at)
        except BadCalendar as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{changed} days and years changed")
