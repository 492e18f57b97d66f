import signal
import sys
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from notices.stand_in import MailServer, Server


class Command(BaseCommand):
    help = "Stand in for the gateways of text messages and calls, and for a mail server: nothing is sent; a page shows what would be."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=0, help="where it listens on 127.0.0.1; without it, on a free one")
        parser.add_argument("--smtp-port", type=int, help="where it takes e-mail; without it, it takes none")
        parser.add_argument("--reports-to", default="", help="where delivery reports go, as http://127.0.0.1:8000/gateways/")

    def handle(self, *args: Any, **options: Any) -> None:
        server = Server(port=options["port"], key=settings.SMS_GATEWAY_KEY, reports_to=options["reports_to"])
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        if options["smtp_port"] is not None:
            mail = MailServer(port=options["smtp_port"], gateway=server.gateway)
            threading.Thread(target=mail.serve_forever, daemon=True).start()
        if options["verbosity"]:
            self.stdout.write(f"Messages appear at {server.url}")
            self.stdout.flush()
        server.serve_forever()
