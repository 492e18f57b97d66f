"""``manage.py check_ledger``: prove the books, rule by rule; exit 1 and name the first wrong row of each rule that is broken."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

import billing.queries.ledger_proof


class Command(BaseCommand):
    help = "Prove that every balance, receipt number and card counter is right, and name the first row that is not."

    def handle(self, *args: Any, **options: Any) -> None:
        broken, began = 0, time.monotonic()
        for finding in billing.queries.ledger_proof.prove():
            took = time.monotonic() - began
            mark = self.style.SUCCESS("✓") if finding.is_right else self.style.ERROR("✗")
            self.stdout.write(f"{mark} {finding.rule} ({took:.1f} s)")
            if not finding.is_right:
                broken += 1
                self.stdout.write(f"    {finding.wrong}")
            self.stdout.flush()
            began = time.monotonic()
        if broken:
            raise CommandError(_("The books are wrong."))
        self.stdout.write(self.style.SUCCESS(_("The books are right.")))
