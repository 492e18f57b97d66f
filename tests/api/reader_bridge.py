"""What runs on a counter's or a kiosk's machine beside the reader: HTTP and a chip, nothing of ours but the wire format.

A small client as an integrator would write it from docs/integrate.md; the tests drive it against the live server.
"""

import json
import uuid
from dataclasses import replace
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from billing.devices.cards import decode, encode


class Refusal(Exception):
    """A problem+json answer."""

    def __init__(self, problem):
        self.problem = problem
        super().__init__(f"{problem['status']} {problem['code']}: {problem['detail']}")


class Chip:
    """A card in the reader: takes a write only with the password that the last one left on it."""

    def __init__(self, image):
        self.content = encode(image)

    def write(self, image):
        wanted = decode(image)
        if wanted.unlock != decode(self.content).password:
            raise OSError("wrong_password")
        self.content = encode(replace(wanted, unlock=""))

    def load_into_meter(self):
        self.content = encode(replace(decode(self.content), litres=0, money=0))


class Bridge:
    """Reads, sells, writes. ``power_fails`` loses the moment between write and result."""

    def __init__(self, url, chip):
        self.url, self.chip, self.token, self.power_fails = f"{url}/api/v1", chip, None, False

    def call(self, method, path, body=None, *, key=None):
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Language": "en"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if key:
            headers["Idempotency-Key"] = key
        request = Request(f"{self.url}{path}", method=method, headers=headers, data=json.dumps(body).encode() if body else None)
        try:
            with urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except HTTPError as error:
            with error:
                raise Refusal(json.load(error)) from None

    def sign_in(self, **credentials):
        self.token = self.call("POST", "/tokens/", {"device": "reader bridge, counter 1", **credentials})["token"]

    def read(self):
        return self.call("POST", "/card-reads/", {"image": self.chip.content})

    def sell(self, account, litres, tendered):
        quote = self.call("POST", "/quotes/", {"account": account, "litres": litres})
        sale = {"account": account, "litres": litres, "fingerprint": quote["fingerprint"], "method": "cash", "tendered": tendered}
        return self.call("POST", "/top-ups/", sale, key=str(uuid.uuid4()))

    def write(self, reference):
        write = self.call("POST", f"/top-ups/{reference}/writes/", {"image": self.chip.content}, key=str(uuid.uuid4()))
        self.chip.write(write["image"])
        if self.power_fails:
            return None
        return self.call("POST", f"/writes/{write['id']}/result/", {"image": self.chip.content})
