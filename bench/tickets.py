"""``python -m bench.tickets``: a report over our API beside a ticket over django-helpdesk's, in the same run; writes bench/results.md.

django-helpdesk is installed from its package into an environment of its own, and stands on the same PostgreSQL behind the same
server with as many workers. Both callers bring a token. ``--seconds`` and ``--runs`` for less.
"""

import argparse
import itertools
import os
import statistics
import subprocess
import tempfile
import uuid
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import house as houses
from . import report, servers
from .load import Caller, Measured, measure

PACKAGES = ("django-helpdesk==2.6.1", "gunicorn==27.0.1", "psycopg[binary]==3.3.9")
CLIENTS = (1, 4)
_TEXT = "There is a smell of gas in the kitchen since this morning, and something hisses behind the stove."

type Figures = dict[tuple[str, int], list[Measured]]


def main() -> None:
    options = _options()
    with houses.standing() as house, tempfile.TemporaryDirectory(prefix="pilotlight-helpdesk-") as folder:
        house.manage("collectstatic", "--noinput", "--verbosity", "0")
        house.manage("load_promises", "--verbosity", "0")
        house.manage("build_city", "--accounts", str(options.accounts))
        figures: Figures = {}
        with servers.gunicorn(house.environment) as port, _helpdesk(house, Path(folder)) as (their_port, token, queue):
            ours, theirs = _reports(port), _tickets(their_port, token, queue)
            for _run in range(options.runs):
                for clients in CLIENTS:
                    _measure(figures, "report", ours, clients, options.seconds)
                    _measure(figures, "ticket", theirs, clients, options.seconds)
        report.write("A report beside django-helpdesk's ticket", _lines(figures, options.seconds))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.tickets", description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--accounts", type=int, default=2_000)
    return parser.parse_args()


@contextmanager
def _helpdesk(house: houses.House, folder: Path) -> Iterator[tuple[int, str, str]]:
    """Install it, give it a database and an agent, and serve it; its port, the agent's token and the queue's key."""
    venv.create(folder / "venv", with_pip=True)
    python = str(folder / "venv" / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True)
    subprocess.run([*house.server.program("createdb"), "helpdesk"], check=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "PYTHON"))}
    environment = {
        **kept,
        "HELPDESK_PORT": str(house.server.port),
        "DJANGO_SETTINGS_MODULE": "helpdesk_site.settings",
        "PYTHONPATH": str(houses.ROOT / "bench"),
    }
    said = subprocess.run([python, "-m", "helpdesk_site.found"], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    token, queue = said.split()[-2:]
    with servers.gunicorn(environment, "django.core.wsgi:get_wsgi_application()", python=python) as port:
        yield port, token, queue


def _reports(port: int) -> Callable[[int], Callable[[], None]]:
    """A client of ours: a leak at another home each time, as a hotline agent writes it."""
    from accounts.models import Account

    from .repairs_inside import token_of

    token = token_of("xia")
    homes = itertools.cycle(Account.objects.filter(status="open").order_by("number").values_list("number", flat=True))

    def client(_n: int) -> Callable[[], None]:
        caller = Caller(port, token)

        def act() -> None:
            told = {"fault": "leak", "account": next(homes), "text": _TEXT, "answers": {"smell": "yes"}, "channel": "phone"}
            caller.post("/api/v1/repairs/report/", told, Idempotency_Key=str(uuid.uuid4()))

        return act

    return client


def _tickets(port: int, token: str, queue: str) -> Callable[[int], Callable[[], None]]:
    """A client of theirs: a ticket of the same length, from a customer with an address."""

    def client(_n: int) -> Callable[[], None]:
        caller = Caller(port, token, scheme="Token")
        ticket = {"queue": int(queue), "title": "Gas leak", "description": _TEXT, "submitter_email": "olive@example.org", "priority": 1}
        return lambda: caller.post("/api/tickets/", ticket)

    return client


def _measure(figures: Figures, name: str, client: Callable[[int], Callable[[], None]], clients: int, seconds: float) -> None:
    acts = [client(n) for n in range(clients)]
    for act in acts * 4:  # warm every worker's imports and connections
        act()
    found = measure(lambda n: acts[n](), clients=clients, seconds=seconds)
    print(f"{name:<8} {clients} clients {found.per_second:8.1f}/s  median {found.median_ms:6.1f} ms", flush=True)
    figures.setdefault((name, clients), []).append(found)


def _lines(figures: Figures, seconds: float) -> list[str]:
    rates = {key: statistics.median(run.per_second for run in runs) for key, runs in figures.items()}
    return [
        "| clients | reports of ours | tickets of theirs | times as many (goal: 3, aim: 5) |",
        "|---|---|---|---|",
        *(
            f"| {n} | {rates['report', n]:.0f}/s | {rates['ticket', n]:.0f}/s | **{rates['report', n] / rates['ticket', n]:.2f}** |"
            for n in CLIENTS
        ),
        "",
        f"Medians of {len(figures['report', 1])} runs of {seconds:g} s in turns; {', '.join(PACKAGES)}. Ours opens a case with its",
        "promises and asks for a crew; theirs opens a ticket and writes its letters (which go nowhere) before it answers.",
    ]


if __name__ == "__main__":
    main()
