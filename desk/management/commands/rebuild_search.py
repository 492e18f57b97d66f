"""``manage.py rebuild_search``: write anew what accounts and cases are found by, after an upgrade that finds them by more."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

import accounts.operations
import casework.operations


class Command(BaseCommand):
    help = "Write anew what accounts and cases are found by. May run while people work, and as often as one likes."

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(desc="accounts", unit=" accounts", disable=None) as bar:
            found = accounts.operations.rebuild_search(step=bar.update)
        with tqdm(desc="cases", unit=" cases", disable=None) as bar:
            cases = casework.operations.rebuild_case_search(step=bar.update)
        self.stdout.write(f"Written anew: accounts {found}, cases {cases}.")
