"""``manage.py load_plans``: how each kind of application for gas goes, from the file."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.clock import business_now
from connections.operations.plan_loading import load_plans


class Command(BaseCommand):
    help = "Brings the plans of applications for gas up to their file; only what changed is written."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_plans(at=business_now())
        if options["verbosity"]:
            self.stdout.write(f"plans: {loaded.versions} new versions, {loaded.drafts} drafts")
