import signal
import socket
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, connections

from accounts.actors import System
from config.sentry import Bell, Sentry

#: A frozen sentry must not keep rows locked that the other one could take. For the loop's thread only: what the bell carries out
#: itself thinks between two statements, on a busy machine for longer than that.
_POSTGRESQL = "-c idle_in_transaction_session_timeout=2000 -c statement_timeout=10000 -c lock_timeout=2000"
_TCP = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 10_000}


class Command(BaseCommand):
    help = "Keep time: claim periodic jobs, ring for effects and messages that are due. Run one, or two for safety."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", default=socket.gethostname(), help="how its heartbeat is called; two on one host need two names")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor == "postgresql":
            connections.settings["default"]["OPTIONS"].update(_TCP)
            connection.settings_dict = _with_timeouts(connection.settings_dict)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        bell = Bell()
        bell.start()
        Sentry(by=System(f"sentry@{options['name']}"), bell=bell).run(stop)


def _with_timeouts(settings: dict[str, Any]) -> dict[str, Any]:
    return {**settings, "OPTIONS": {**settings["OPTIONS"], "options": _POSTGRESQL}}
