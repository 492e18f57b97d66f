"""Everybody buys gas at once, over HTTP, on PostgreSQL, while the processes that serve them are killed: no money and no gas is lost,
made or given twice."""

import http.client
import json
import os
import random
import signal
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from billing.devices.kiosk_machine import Machine
from tests.faults.conftest import kill
from tests.faults.shoppers import CardHousehold, ConnectedHousehold, House, shop
from tests.pay_stand_in import keys, serving

pytestmark = pytest.mark.fault
_RATES = {f"API_RATE_{who}": "1000000/min" for who in ("VISITOR", "USER", "DEVICE")}


class City:
    """The house as production runs it, its workers, and everybody around it. ``killed`` counts who died."""

    def __init__(self, world, port, stand_in):
        self.world, self.house, self.killed, self.is_calm = world, House(port, stand_in), {"web": 0, "worker": 0}, threading.Event()
        world.environment |= {**_RATES, **keys().environment(stand_in.url), "SITE_URL": self.house.url}
        self.gunicorn = self.worker = None

    def found(self, cards, meters):
        self.world.run("-m", "tests.faults.money", "found", str(cards), str(meters))
        self.sheet = json.loads((self.world.folder / "city.json").read_text())
        self.cards = [CardHousehold(self.house, facts, self.world.folder) for facts in self.sheet["cards"]]
        self.meters = [ConnectedHousehold(self.house, facts, self.sheet["gateway"]) for facts in self.sheet["meters"]]

    def open(self):
        options = ["--worker-class", "gthread", "--workers", "3", "--threads", "4", "--preload", "--log-level", "warning"]
        bound = ["--bind", f"127.0.0.1:{self.house.port}", "--no-control-socket"]
        self.gunicorn = self.world.start("-m", "gunicorn", "tests.faults.warm", *bound, *options)
        self.start_worker()
        self.world.wait_until(self._answers)

    def start_worker(self):
        self.worker = self.world.start("-m", "tests.faults.money", "work")

    def _answers(self):
        with suppress(OSError), urllib.request.urlopen(f"{self.house.url}/health/live", timeout=5) as answer:
            return answer.status == 200
        return False

    def trouble(self, seed):
        """After every few answers a web worker dies; now and then the worker that asks providers."""
        luck, next_ = random.Random(seed), 5
        while not self.is_calm.wait(0.01):
            if self.house.answered < next_:
                continue
            next_ = self.house.answered + luck.randint(3, 15)
            victims = Path(f"/proc/{self.gunicorn.pid}/task/{self.gunicorn.pid}/children").read_text().split()
            if victims:
                with suppress(ProcessLookupError):
                    os.kill(int(luck.choice(victims)), signal.SIGKILL)
                    self.killed["web"] += 1
            if luck.random() < 0.1:
                kill(self.worker)
                self.start_worker()
                self.killed["worker"] += 1

    def live(self, requests, threads, seed):
        """Everybody at once, until so many requests were sent."""
        killer = threading.Thread(target=self.trouble, args=(seed,))
        killer.start()
        try:
            with ThreadPoolExecutor(threads) as crowd:
                going = [
                    crowd.submit(shop, self.house, self.cards + self.meters, self.sheet, requests=requests, seed=f"{seed}-{n}")
                    for n in range(threads)
                ]
                for one in going:
                    one.result()
        finally:
            self.is_calm.set()
            killer.join()

    def come_to_rest(self):
        """Machines are switched on again and say what they know; a day passes; every card is put in once more, every meter comes."""
        self.house.desk.callbacks.wait()
        kill(self.worker)
        for home in self.cards:
            home.slot.chip.fault = ""
            home.machine().start()
        self.run("settle")
        for home in self.cards:
            for _order in range(20):
                home.load()
                Machine.serve(home.machine())
        for home in self.meters:
            for _again in range(3):
                home.visit_well()
        self.run("settle")
        self.run("look")
        return json.loads((self.world.folder / "found.json").read_text())

    def run(self, verb):
        assert self.world.start("-m", "tests.faults.money", verb).wait(600) == 0, self.world.log()


@pytest.fixture
def city(postgres_world, free_port, monkeypatch):
    plain, answer = http.client.HTTPConnection.request, http.client.HTTPConnection.getresponse
    with serving() as stand_in:
        stand_in.desk.late, stand_in.desk.callbacks.pauses = 0.5, (0.3, 1.0)
        made = City(postgres_world, free_port, stand_in)

        def counting(line, *args, **more):
            if line.port == free_port:
                made.house.count()
            return plain(line, *args, **more)

        def answered(line):
            response = answer(line)
            made.house.answered += line.port == free_port
            return response

        monkeypatch.setattr(http.client.HTTPConnection, "getresponse", answered)
        monkeypatch.setattr(http.client.HTTPConnection, "request", counting)
        yield made


def check(city, found):
    """What the books say is what really happened."""
    assert found["wrong"] == []
    assert (found["waiting"], found["credited"], found["counters"], found["refunds_open"]) == ([], [], [], [])
    assert len(set(found["receipts"])) == 1
    assert len(set(found["red"])) == 1
    assert found["litres"] == {home.account: home.litres() for home in (*city.cards, *city.meters)}
    orders = [order for order in city.house.desk.orders if order.paid]
    assert found["paid"] == sorted([order.transaction, order.paid] for order in orders)
    assert sum(amount for _reference, amount in found["back"]) == sum(order.returned for order in orders)
    assert [status for status in city.house.heard if isinstance(status, int) and status >= 500] == []


def told(city, found, seconds):
    """One line for whoever reads the log of a run."""
    house = city.house
    heard = {str(what): times for what, times in sorted(house.heard.items(), key=str)}
    facts = {"requests": house.sent, "answered": house.answered, "seconds": round(seconds), "killed": city.killed, "heard": heard}
    return json.dumps({**facts, "purchases": found["statuses"], "channels": found["channels"], "refunds": len(found["back"])})


def survive(city, capsys, *, homes, requests, threads, seed):
    city.found(*homes)
    city.open()
    start = time.monotonic()
    city.live(requests, threads, seed)
    seconds = time.monotonic() - start
    found = city.come_to_rest()
    with capsys.disabled():
        sys.stdout.write(f"\n{told(city, found, seconds)}\n")
    check(city, found)
    assert city.house.answered >= requests
    assert found["receipts"][0] > 0
    assert city.killed["web"] > 0


def test_a_worker_killed_between_payment_and_credit_leaves_all_of_it_or_nothing(world):
    world.run("-m", "tests.faults.money", "die_while_crediting")


@pytest.mark.long
def test_on_postgresql_too_it_is_all_or_nothing(postgres_world):
    postgres_world.run("-m", "tests.faults.money", "die_while_crediting")


def test_a_hundred_requests_at_once_while_workers_are_killed(city, capsys):
    survive(city, capsys, homes=(3, 2), requests=100, threads=8, seed=1)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_thousand_requests_at_once_while_workers_are_killed(city, capsys, seed):
    survive(city, capsys, homes=(8, 4), requests=1_000, threads=24, seed=seed)
