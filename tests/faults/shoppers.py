"""Customers, clerks, machines and meters over real HTTP, who send again what nobody answered, and remember what really happened."""

import http.client
import json
import random
import threading
import time
import uuid
from collections import Counter
from contextlib import closing, suppress
from dataclasses import replace
from types import SimpleNamespace
from urllib.parse import urlencode

from billing.devices.cards import CardFault, decode, encode
from billing.devices.connected import SimulatedMeter
from billing.devices.gateway import Gateway, Network
from billing.devices.gateway import Refused as GatewayRefused
from billing.devices.kiosk_line import Line, NoLine, Refused
from billing.devices.kiosk_machine import Machine, Memory, Moment, PowerCut
from billing.devices.simulated import ChipReader
from billing.stand_in import How
from billing.valves import Rules, State
from tests.factories.kiosks import SECRET

RULES = Rules(low_litres=5_000, emergency_litres=3_000, idle_days=0, battery_percent=10)
TRIES = 12
CSRF = "c" * 32


class Unanswered(Exception):
    """However often it was sent."""


class House:
    """Where they all ask. ``sent`` and ``answered`` count requests, ours and the machines' and providers'; ``heard`` what came of ours."""

    def __init__(self, port, stand_in):
        self.port, self.desk, self.heard, self.sent = port, stand_in.desk, Counter(), 0
        self.answered = 0
        self.url, self._lock = f"http://127.0.0.1:{port}", threading.Lock()

    def count(self):
        with self._lock:
            self.sent += 1

    def note(self, what):
        with self._lock:
            self.heard[what] += 1

    def send(self, method, path, body, headers):
        """Status and content of the first answer that is one."""
        for tried in range(TRIES):
            with (
                suppress(OSError, http.client.HTTPException),
                closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)) as line,
            ):
                line.request(method, path, body, headers)
                answer = line.getresponse()
                status, content = answer.status, answer.read()
                if status != 503:
                    self.note(status)
                    return status, content
            time.sleep(0.05 * (tried + 1))
        raise Unanswered(path)

    def api(self, path, body, token, key=None):
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        headers |= {"Idempotency-Key": key} if key else {}
        method, sent = ("GET", None) if body is None else ("POST", json.dumps(body))
        status, content = self.send(method, f"/api/v1/{path}", sent, headers)
        return status, json.loads(content)

    def page(self, path, session, **fields):
        headers = {"Cookie": f"sessionid={session}; csrftoken={CSRF}", "Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urlencode({**fields, "csrfmiddlewaretoken": CSRF}), headers)[0]

    def pay(self, reference, luck):
        """Somebody pays at the provider, who tells us in whichever way."""
        order = self.desk.orders.find(reference)
        if order is not None:
            how = luck.choice([How.NOW, How.NOW, How.TWICE, How.TWICE, How.LATE, How.NEVER, How.FORGED, How.WRONG])
            self.desk.pay(order, how, times=luck.choice([2, 5, 10]))


class Slot(ChipReader):
    """The one card of a household, in whichever reader it is just now."""

    def __init__(self, image):
        self.chip = SimpleNamespace(image=image, fault="", save=lambda **_columns: None)

    def _lying(self):
        return self.chip

    def content(self):
        return self.chip.image


class CardHousehold:
    """A card, its meter, and the kiosk round the corner. The card is in one place at a time; money is not."""

    def __init__(self, house, facts, folder):
        self.house, self.account, self.slot = house, facts["account"], Slot(facts["image"])
        self.kiosk, self.disk = facts["kiosk"], folder / f"{facts['kiosk']}.json"
        self.hand, self.shown, self.taken = threading.Lock(), 0, 0

    def load(self):
        """At home: what is on the card is in the meter then."""
        image = decode(self.slot.chip.image)
        if not image.is_loaded:
            assert image.counter > self.shown, "the meter refuses what is on the card"
            self.shown, self.taken = image.counter, self.taken + image.litres
            self.slot.chip.image = encode(replace(image, litres=0, money=0))

    def litres(self):
        return self.taken + decode(self.slot.chip.image).litres

    def machine(self, cut=None, loses=()):
        line = Line(self.house.url, self.kiosk, SECRET, time.time, loses=set(loses))
        return Machine(line, self.slot, Memory.at(self.disk), cut=cut)

    def at_the_kiosk(self, luck, act):
        """The machine, which may lose its power or a reply; what it began it ends when it is switched on again."""
        self.slot.chip.fault = luck.choice(["", "", "", "pulled_before", "power_before", "power_after"])
        cut = luck.choice([None, None, None, None, *(moment for moment in Moment if moment != Moment.DURING_WRITE)])
        machine = self.machine(cut, luck.choice([(), (), {"/writes/"}, {"sales/"}, {"/result/"}]))
        machine.start()
        self.house.note(f"kiosk {act(machine)}")

    def serve(self, luck, city):
        self.at_the_kiosk(luck, Machine.serve)

    def buy_for_cash(self, luck, city):
        self.at_the_kiosk(luck, lambda machine: machine.sell(litres=luck.randint(1, 9) * 1_000, inserted=10_000))

    def buy_by_phone(self, luck, city):
        looks, shown = iter(range(luck.randint(1, 6))), []

        def wait():
            codes = [words for words in shown if "/scan/" in words]
            self.house.pay(codes[-1].rsplit("/", 1)[-1], luck)
            time.sleep(0.1)
            return next(looks, None) is not None

        def act(machine):
            machine.show = shown.append
            return machine.sell_by_phone(litres=luck.randint(1, 9) * 1_000, provider=luck.choice(["wechat", "alipay"]), wait=wait)

        self.at_the_kiosk(luck, act)

    def buy_in_the_hall(self, luck, city):
        """With the card on the reader, or without."""
        clerk = luck.choice(city["clerks"])
        image = luck.choice([None, self.slot.content()])
        status, sold = sell(self.house, self.account, clerk["token"], luck, **({"image": image} if image else {}))
        if status == 201 and sold["write"]:
            self.write(sold["write"], clerk["token"], luck)

    def write_in_the_hall(self, luck, city):
        token = luck.choice(city["clerks"])["token"]
        reading = self.house.api("card-reads/", {"image": self.slot.content()}, token)[1]
        for order in [one for one in reading["unwritten"] if one["status"] in {"paid", "reserved", "failed"}][:1]:
            body = {"image": self.slot.content()}
            status, write = self.house.api(f"top-ups/{order['reference']}/writes/", body, token, str(uuid.uuid4()))
            if status == 201:
                self.write(write, token, luck)

    def write(self, write, token, luck):
        try:
            said = {"image": encode(self.slot.write(decode(write["image"])))}
        except CardFault as fault:
            said = {"fault": fault.code}
        if luck.random() < 0.9:
            self.house.api(f"writes/{write['id']}/result/", said, token)

    def take_back(self, luck, city):
        """The last purchase, in a hall, while the card may lie in a kiosk."""
        clerk = luck.choice(city["clerks"])
        found = self.house.api(f"accounts/{self.account}/top-ups/?limit=1", None, clerk["token"])[1]["results"]
        for top_up in found:
            for page, fields in (("take-back", {"reason": "x"}), ("carry-out", {})):
                status = self.house.page(f"/counter/sold/{top_up['reference']}/{page}/", clerk["session"], **fields)
                self.house.note(f"{page} {status}")


class ConnectedHousehold:
    """A meter on the wall with a bad line, and somebody who pays by phone."""

    def __init__(self, house, facts, gateway):
        self.house, self.account, self.token, self.gateway = house, facts["account"], facts["token"], gateway
        self.wall, self.hand = SimulatedMeter(facts["serial"], RULES, State(balance_litres=0)), threading.Lock()

    def litres(self):
        return self.wall.state.balance_litres

    def buy_online(self, luck, city):
        offered = quote(self.house, self.account, self.token, luck)
        if offered is None:
            return
        body = {**offered, "provider": luck.choice(["wechat", "alipay"]), "product": "qr"}
        status, checkout = self.house.api("checkouts/", body, self.token, str(uuid.uuid4()))
        if status == 201:
            self.house.pay(checkout["reference"], luck)

    def cancel(self, luck, city):
        open_ = self.house.api(f"accounts/{self.account}/checkouts/?limit=2", None, self.token)[1]["results"]
        for checkout in open_:
            if luck.random() < 0.5:
                self.house.pay(checkout["reference"], luck)
            self.house.api(f"checkouts/{checkout['reference']}/cancel/", {}, self.token)

    def buy_in_the_hall(self, luck, city):
        sell(self.house, self.account, luck.choice(city["clerks"])["token"], luck)

    def visit_well(self):
        """On a good day."""
        Gateway(self.house.url, self.gateway, SECRET).visit(self.wall)

    def visit(self, luck, city):
        line = Network(lost=0.2, repeated=0.3, luck=luck)
        self.house.note(f"visit {Gateway(self.house.url, self.gateway, SECRET, line).visit(self.wall)}")


def quote(house, account, token, luck):
    wanted = {"account": account, "litres": luck.randint(1, 9) * 1_000}
    status, offer = house.api("quotes/", wanted, token)
    return {**wanted, "fingerprint": offer["fingerprint"]} if status == 200 else None


def sell(house, account, token, luck, **more):
    """Sent twice now and then, as an impatient clerk does; the same key, so the same purchase."""
    offered = quote(house, account, token, luck)
    if offered is None:
        return 0, None
    body, key = {**offered, "method": "cash", "tendered": 10_000, **more}, str(uuid.uuid4())
    for _again in range(luck.choice([0, 0, 1])):
        house.api("top-ups/", body, token, key)
    return house.api("top-ups/", body, token, key)


NEEDS_NO_CARD = {"take_back", "buy_online", "cancel"}
GIVES_UP = (NoLine, Refused, PowerCut, CardFault, GatewayRefused, Unanswered, OSError, http.client.HTTPException)


def shop(house, households, city, *, requests, seed):
    """One of the threads: act after act until so many requests were sent."""
    luck = random.Random(seed)
    while house.answered < requests:
        household = luck.choice(households)
        acts = [name for name in ACTS if hasattr(household, name)]
        name = luck.choice(acts)
        lock = threading.Lock() if name in NEEDS_NO_CARD else household.hand
        with lock, suppress(*GIVES_UP):
            getattr(household, name)(luck, city)
            if luck.random() < 0.5 and hasattr(household, "load"):
                household.load() if lock is household.hand else None


ACTS = (
    *("serve", "buy_for_cash", "buy_by_phone", "buy_in_the_hall", "write_in_the_hall", "take_back"),
    *("buy_online", "cancel", "visit", "visit"),
)
