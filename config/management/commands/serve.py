"""``manage.py serve``: web, sentry and worker under one supervisor, on this machine."""

import socket
import time
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from config import processes
from config.supervisor import Supervisor

from .prepare import add_clock_arguments


class Command(BaseCommand):
    help = "Runs web server, timekeeper and queue worker; restarts what dies; stops all on Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--prepare", action="store_true", help="first do what `manage.py prepare` does")
        parser.add_argument("--accounts", type=int, default=0, metavar="N", help="size of the demo city; 0 for none")
        add_clock_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["prepare"]:
            given = {name: options[name] for name in ("accounts", "clock", "speed")}
            call_command("prepare", **given, stdout=self.stdout)
        stand_in = None if settings.SMS_GATEWAY_URL else _stand_in(near=options["port"])
        pay_port = _free_port(stand_in.mail_port if stand_in else options["port"]) if _pays_nowhere() else None
        children = processes.children(port=options["port"], stand_in=stand_in, pay_port=pay_port)
        supervisor = Supervisor(children, processes.environment(stand_in=stand_in, pay_port=pay_port), self._say)
        ports = _Ports(options["port"], stand_in.port if stand_in else None, pay_port)
        supervisor.run(tick=_Greeting(self, ports, with_sign_ins=bool(options["accounts"])))
        self._say("Stopped.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def greet(self, ports: "_Ports", *, with_sign_ins: bool) -> None:
        """The address, and a way in for each role of the demo."""
        self._say(f"\nPilotlight answers at http://127.0.0.1:{ports.web}/  (Ctrl-C stops it)")
        if ports.pay:
            self._say(f"What is bought online is paid with a click at http://127.0.0.1:{ports.pay}/")
        if ports.sms:
            self._say(f"Text messages, calls and e-mails are not sent but shown at http://127.0.0.1:{ports.sms}/\n")
        if with_sign_ins and "demo_sign_ins" in get_commands():
            self._show_sign_ins()
        # The supervisor lives for weeks; a connection held open would only go stale.
        connections.close_all()

    def _show_sign_ins(self) -> None:
        try:
            call_command("demo_sign_ins", stdout=self.stdout)
        except CommandError as missing:  # a database that has no demo city: the house runs all the same
            self._say(str(missing))
        else:
            self._say("Fresh codes later, from another terminal: ./run --codes")


class _Ports(NamedTuple):
    """Where who answers; None for what is not started."""

    web: int
    sms: int | None
    pay: int | None


def _pays_nowhere() -> bool:
    """No provider is set up, and no stranger can come: only then may money be pretended."""
    is_set_up = settings.WECHAT_PAY_MCHID or settings.ALIPAY_APP_ID or settings.WECHAT_APPID
    return not is_set_up and not settings.SITE_URL.startswith("https://")


class _Greeting:
    """Looks whether the web answers yet and greets once."""

    def __init__(self, command: Command, ports: "_Ports", *, with_sign_ins: bool) -> None:
        self.command, self.ports, self.with_sign_ins = command, ports, with_sign_ins
        self.done, self.start = False, time.monotonic()

    def __call__(self) -> None:
        if not self.done and _answers(self.ports.web):
            self.done = True
            self.command.greet(self.ports, with_sign_ins=self.with_sign_ins)


def _answers(port: int) -> bool:
    try:
        urlopen(f"http://127.0.0.1:{port}/health/live", timeout=1).close()
    except HTTPError:
        return True
    except (URLError, OSError):
        return False
    return True


def _stand_in(near: int) -> processes.StandIn:
    port = _free_port(near)
    return processes.StandIn(port, _free_port(port))


def _free_port(near: int) -> int:
    """The next port if nobody has it (an address one can keep in mind), else any."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", near + 1))
        except (OSError, OverflowError):
            probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
