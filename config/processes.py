"""Which processes make a running house, and how each is started."""

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from .supervisor import Child

_HEAD_START = 1.0


class StandIn(NamedTuple):
    """Where the stand-in for gateways and mail listens, when no gateway is configured."""

    port: int
    mail_port: int


def children(*, port: int, stand_in: StandIn | None, pay_port: int | None = None) -> list[Child]:
    """Web, timekeeper, queue worker (and beat with Redis); stand-ins for gateways and mail, and for payment providers, where none is
    configured."""
    commands = {"web": _web(port), "sentry": _manage("sla_sentry"), **_queue()}
    if stand_in:
        ports = ("--port", str(stand_in.port), "--smtp-port", str(stand_in.mail_port))
        reports = ("--reports-to", f"http://127.0.0.1:{port}/gateways/")
        commands["sms stand-in"] = _manage("sms_stand_in", *ports, *reports, "--verbosity", "0")
    if pay_port:
        commands["pay stand-in"] = _manage("pay_stand_in", "--port", str(pay_port), "--verbosity", "0")
    kiosks = Path(settings.VAR) / "kiosks.json"
    if stand_in and kiosks.exists():
        commands["kiosks"] = _manage("kiosk_simulator", "beat", "--times", "0", "--address", f"http://127.0.0.1:{port}", "--quietly")
    # The others wait a moment: whoever typed ./run looks at the page first, and two cores load one thing faster than five.
    later = time.monotonic() + _HEAD_START
    return [Child(name, command, starts_at=0 if name == "web" else later) for name, command in commands.items()]


def _web(port: int) -> list[str]:
    on_sqlite = connection.vendor == "sqlite"
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"),
        *("--workers", os.environ.get("WEB_WORKERS", "1" if on_sqlite else "2")),
        *("--threads", os.environ.get("WEB_THREADS", "8")),
        *("--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket"),
    ]


def _queue() -> dict[str, list[str]]:
    if not settings.REDIS_URL:
        return {"worker": _manage("qcluster")}
    celery = [sys.executable, "-W", "ignore", "-m", "celery", "--app", "config", "--quiet"]
    schedule = Path(settings.VAR) / "celerybeat-schedule"
    return {
        "worker": [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"],
        "beat": [*celery, "beat", "--schedule", str(schedule), "--pidfile", "", "--loglevel", "WARNING"],
    }


def _manage(command: str, *arguments: str) -> list[str]:
    return [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), command, *arguments]


def environment(*, stand_in: StandIn | None, pay_port: int | None = None) -> Mapping[str, str]:
    """Ours, with bytecode written (a start without it costs seconds), the stand-ins' addresses and the keys they know."""
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if stand_in:
        variables["SMS_GATEWAY_URL"] = f"http://127.0.0.1:{stand_in.port}/"
        variables.setdefault("VOICE_GATEWAY_URL", f"http://127.0.0.1:{stand_in.port}/voice")
        if "SMTP_HOST" not in variables:
            variables |= {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(stand_in.mail_port)}
    if pay_port:
        from billing.stand_in.keys import keys_in

        variables |= keys_in(Path(settings.VAR)).environment(f"http://127.0.0.1:{pay_port}/")
        variables.setdefault("BANK_TRANSFER_TO", f"{settings.COMPANY['name']}, 中国银行兰陵支行, 6217 0000 0000 0000 000")
    return variables
