import signal
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from billing.stand_in import Server, keys_in


class Command(BaseCommand):
    help = "Stand in for WeChat Pay and Alipay: no money moves; a page lets a developer pay with a click."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=0, help="where it listens on 127.0.0.1; without it, on a free one")
        parser.add_argument("--show-environment", action="store_true", help="print the variables that make Pilotlight pay here, and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        keys = keys_in(Path(settings.VAR))
        if options["show_environment"]:
            for name, value in keys.environment(f"http://127.0.0.1:{options['port']}/").items():
                self.stdout.write(f"{name}={value}")
            return
        server = Server(port=options["port"], keys=keys)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        if options["verbosity"]:
            self.stdout.write(f"Pay with a click at {server.url}")
            self.stdout.flush()
        server.serve_forever()
