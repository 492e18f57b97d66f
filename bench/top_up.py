"""``python -m bench.top_up``: a counter top-up over HTTP beside the floors under it, in the same run; writes bench/results.md.

(a) the same rows as plain SQL through pgbench, (b) a bare REST framework view that writes the same rows in as many requests.
"""

import argparse
import re
import statistics
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field

from . import house as houses
from . import report, servers
from .load import Caller, Measured, measure

CLIENTS = (1, 4)
#: Cards set aside for each measured stretch: more than anybody sells in it.
_CARDS_A_STRETCH = 900


@dataclass
class Figures:
    """Every run's figures by name and number of clients."""

    runs: dict[tuple[str, int], list[Measured]] = field(default_factory=dict)

    def add(self, name: str, clients: int, measured: Measured) -> None:
        self.runs.setdefault((name, clients), []).append(measured)
        print(f"{name:<22} {clients} clients {measured.per_second:8.1f}/s  median {measured.median_ms:6.1f} ms", flush=True)

    def median(self, name: str, clients: int) -> float:
        return statistics.median(run.per_second for run in self.runs[name, clients])


def main() -> None:
    options = _options()
    figures = Figures()
    with houses.standing() as house:
        house.manage("build_city", "--accounts", str(options.accounts))
        house.psql("cards.sql")
        bench = _Bench(house, figures, options.seconds)
        from .inside import paper_ms, queries_of_a_top_up

        queries, papers = queries_of_a_top_up(bench.cards[-5:], bench.clerks[0]), paper_ms()
        for _run in range(options.runs):
            bench.once()
        report.write_top_up(figures, queries=queries, paper_ms=papers, seconds=options.seconds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.top_up", description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--accounts", type=int, default=15_000)
    return parser.parse_args()


class _Bench:
    """One city, measured again and again."""

    def __init__(self, house: houses.House, figures: Figures, seconds: float) -> None:
        from . import bridge
        from .tables import card_ids

        self.house, self.figures, self.seconds = house, figures, seconds
        self.cards, self.clerks, self._used = card_ids(), bridge.clerks(), 0

    def once(self) -> None:
        """Every figure once. The floors take their turns between, so that a busy minute hits all alike."""
        for clients in CLIENTS:
            self._product("top-up", clients, with_quote=False)
            self._bare(clients)
            self._pgbench(clients)
            self._product("quote and top-up", clients, with_quote=True)

    def _product(self, name: str, clients: int, *, with_quote: bool) -> None:
        from .bridge import Bridge, jobs

        taken = self.cards[self._used : self._used + _CARDS_A_STRETCH]
        self._used = (self._used + _CARDS_A_STRETCH) % (len(self.cards) - _CARDS_A_STRETCH)
        work = jobs(taken)
        with servers.gunicorn(self.house.environment) as port:
            bridges = [Bridge(port, self.clerks[n], work[n::clients], with_quote=with_quote) for n in range(clients)]
            self._measure(name, clients, [bridge.sell for bridge in bridges])

    def _bare(self, clients: int) -> None:
        environment = {**self.house.environment, "DJANGO_SETTINGS_MODULE": "bench.bare_settings"}
        with servers.gunicorn(environment) as port:
            callers = [Caller(port) for _ in range(clients)]
            cards = [iter(self.cards[n::clients] * 3) for n in range(clients)]

            def act_for(n: int) -> Callable[[], None]:
                body = {"shift": self.clerks[n].shift.pk, "litres": 1000, "method": "cash", "tendered": 1000, "image": "0f" * 128}

                def act() -> None:
                    write = callers[n].post("/top-ups/", {**body, "card": next(cards[n])})["write"]
                    callers[n].post(f"/writes/{write['id']}/result/", {"image": write["image"]})

                return act

            self._measure("bare view", clients, [act_for(n) for n in range(clients)])

    def _measure(self, name: str, clients: int, acts: list[Callable[[], None]]) -> None:
        for act in acts * 4:  # warm every worker's imports and connections
            act()
        self.figures.add(name, clients, measure(lambda client: acts[client](), clients=clients, seconds=self.seconds))

    def _pgbench(self, clients: int) -> None:
        script = houses.ROOT / "bench" / "sql" / "top_up.sql"
        command = [*self.house.server.program("pgbench"), "-n", "-f", str(script), "-c", str(clients), "-j", str(clients)]
        command += ["-D", f"cards={len(self.cards)}", "-D", f"clients={clients}", "-T", str(int(self.seconds)), "postgres"]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        rate, latency = (float(re.search(pattern, said)[1]) for pattern in (r"tps = ([\d.]+)", r"latency average = ([\d.]+)"))
        self.figures.add("plain SQL", clients, Measured(rate, latency))


if __name__ == "__main__":
    main()
