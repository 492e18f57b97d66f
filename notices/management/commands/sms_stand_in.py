import signal
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from notices.stand_in import Server


class Command(BaseCommand):
    help = "Stand in for the SMS gateway: nothing is sent; the messages are shown on a page."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=0, help="where it listens on 127.0.0.1; without it, on a free one")

    def handle(self, *args: Any, **options: Any) -> None:
        server = Server(port=options["port"], key=settings.SMS_GATEWAY_KEY)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        if options["verbosity"]:
            self.stdout.write(f"Text messages appear at {server.url}")
            self.stdout.flush()
        server.serve_forever()
