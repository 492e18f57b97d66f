"""``manage.py softphone_simulator``: a telephone exchange with one agent, against the running system."""

import secrets
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.clock import real_now
from desk.softphone import SCRIPTS, Exchange, Refused


class Command(BaseCommand):
    help = "Plays a telephone exchange over HTTP: heartbeats of the hotline, calls that are answered, held, given up, told twice."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("script", choices=[*SCRIPTS, "beat", "down"], help="how the call goes; beat, down: only say how the line is")
        parser.add_argument("--address", default=settings.SITE_URL, metavar="URL", help="where the system answers; default: SITE_URL")
        parser.add_argument("--token", required=True, help="an agent's token for the API")
        parser.add_argument("--agent", default="040", metavar="NUMBER", help="staff number of who answers")
        parser.add_argument("--line", default=settings.COMPANY["hotline"], help="the number that is rung")
        parser.add_argument("--caller", default="", help="who rings")
        parser.add_argument("--speed", type=float, default=1.0, metavar="N", help="so many times faster than life")

    def handle(self, *args: Any, **options: Any) -> None:
        exchange = Exchange(options["address"], options["token"], options["line"], options["agent"])
        try:
            self._play(exchange, options)
        except (Refused, OSError) as broken:
            raise CommandError(str(broken)) from broken

    def _play(self, exchange: Exchange, options: dict[str, Any]) -> None:
        said = exchange.beat(is_reachable=options["script"] != "down")
        self.stdout.write(f"{said['number']}: {'can' if said['is_reachable'] else 'cannot'} be reached")
        if options["script"] not in SCRIPTS:
            return
        call = f"sim-{secrets.token_hex(6)}"
        for seconds, body in exchange.play(options["script"], call=call, caller=options["caller"], start=real_now()):
            time.sleep(seconds / options["speed"])
            answer = exchange.tell("events/", {**body, "at": real_now().isoformat()} if options["speed"] == 1 else _without_moment(body))
            self.stdout.write(f"{body['event']}: {answer['reference']} is {answer['status']}")


def _without_moment(body: dict[str, Any]) -> dict[str, Any]:
    """Faster than life the exchange's clock would run ahead of ours."""
    return {name: value for name, value in body.items() if name != "at"}
