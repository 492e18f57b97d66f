from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

import billing.operations.bank_transfers
from accounts.clock import business_now
from billing.providers.bank import UnknownColumns
from billing.reconciliation.rows import BadBill


class Command(BaseCommand):
    help = "Book the incoming transfers of a bank's file. Read again, a file changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV as the bank gives it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = billing.operations.bank_transfers.import_transfers(content=options["file"].read_bytes(), at=business_now())
        except UnknownColumns as missing:
            raise CommandError(f"The file has no column for: {missing}") from None
        except BadBill as unreadable:
            raise CommandError(f"The file cannot be read: {unreadable.code}") from None
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None
        for line in done.bad:
            self.stderr.write(f"line {line.number}: cannot be read ({line.because})")
        self.stdout.write(f"{done.used} used, {done.held} held, {done.known} known before, {len(done.bad)} not read")
