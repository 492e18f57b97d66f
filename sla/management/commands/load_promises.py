"""``manage.py load_promises``: promises and calendars from their files, public holidays from the library."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.clock import business_now
from sla.book_files import BadBook
from sla.operations.book import BadPromise
from sla.operations.loading import load_book
from sla.operations.years import load_due_years


class Command(BaseCommand):
    help = "Brings the book of promises, its calendars and the public holidays up to date; only what changed is written."

    def handle(self, *args: Any, **options: Any) -> None:
        at = business_now()
        try:
            loaded = load_book(at=at)
        except (BadBook, BadPromise) as fault:
            raise CommandError(str(fault)) from fault
        days = load_due_years(at=at)
        if options["verbosity"]:
            self.stdout.write(
                f"promises: {loaded.versions} new versions, {loaded.drafts} drafts; calendars: {loaded.calendars}; special days: {days}"
            )
