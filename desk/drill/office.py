"""The two who sit inside: one takes the calls down, the other sends whoever is not sent by itself."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from .calls import Call
from .wire import Device, Refused

#: An emergency is offered by itself; only one that nobody has after this long is looked after by hand.
_BY_ITSELF = timedelta(minutes=2)


class Hotline:
    """Writes reports down for whoever rings: call n is for the n-th of these accounts, in turns."""

    def __init__(self, device: Device, accounts: Sequence[str]) -> None:
        self.device, self._accounts = device, accounts
        self.calls: dict[str, Call] = {}

    def report(self, call: Call) -> None:
        """Once; the repair's reference leads back to the call. Raises Refused."""
        account = self._accounts[call.number % len(self._accounts)]
        told = {"fault": call.fault, "answers": dict(call.answers), "text": call.type, "account": account, "channel": "phone"}
        self.calls[self.device.post("repairs/report/", told)["reference"]] = call


class Dispatcher:
    """Offers what waits to the crew that is suggested first."""

    def __init__(self, device: Device, hotline: Hotline) -> None:
        self.device, self._hotline = device, hotline
        self._seen: dict[int, timedelta] = {}
        self.visits: dict[int, str] = {}

    def look(self, gone: timedelta) -> int:
        """See to what waits; how many visits of the drill are open."""
        rows = self.device.get("visits/?limit=200")["results"]
        ours = [row for row in rows if row["reference"] in self._hotline.calls]
        for row in ours:
            self.visits[row["id"]] = row["reference"]
            if row["status"] == "asked" and self._is_mine(row, gone):
                self._offer(row)
        return len(ours)

    def _is_mine(self, row: dict[str, Any], gone: timedelta) -> bool:
        since = self._seen.setdefault(row["id"], gone)
        return row["urgency"] != "emergency" or gone - since >= _BY_ITSELF

    def _offer(self, row: dict[str, Any]) -> None:
        found = self.device.get(f"visits/{row['id']}/suggestions/")["results"]
        if not found:
            return
        best = next((one for one in found if "asked_before" not in one["reasons"]), found[0])
        try:
            self.device.post(f"visits/{row['id']}/offer/", {"crew": best["crew"], "version": row["version"]})
        except Refused as no:
            # Somebody was faster, or the crew has gone home: looked at again in a moment.
            if no.status not in {409, 422}:
                raise
