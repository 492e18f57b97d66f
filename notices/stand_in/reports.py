"""What a gateway tells us: delivery reports a moment after it took a message, and text messages that people send us."""

import http.client
import json
import secrets
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from .. import signing


@dataclass(frozen=True)
class Reporter:
    """Reports to ``url`` (as http://127.0.0.1:8000/gateways/), signed with the key both sides share."""

    url: str
    key: str
    after: float = 1.0

    def report(self, way: str, message_id: str, status: str) -> None:
        """Tell later, on a thread of its own; tried three times, as gateways do."""
        threading.Thread(target=self._tell, args=(way, message_id, status), daemon=True).start()

    def _tell(self, way: str, message_id: str, status: str) -> None:
        for _ in range(3):
            time.sleep(self.after)
            # The sender may not have noted our answer yet: then it does not know the message, and is told again.
            with suppress(OSError, http.client.HTTPException):
                if self._post(f"{way}/reports/", {"id": message_id, "status": status}) == http.HTTPStatus.NO_CONTENT:
                    return

    def hand_on(self, sender: str, text: str) -> int:
        """Hand on what somebody wrote to us; the status of the answer. Raises OSError and HTTPException where there is none."""
        return self._post("sms/incoming/", {"id": f"demo-in-{secrets.token_hex(6)}", "from": sender, "text": text})

    def _post(self, path: str, told: Mapping[str, str]) -> int:
        body = json.dumps(told).encode()
        parts = urlsplit(f"{self.url}{path}")
        stamp, nonce = str(int(time.time())), secrets.token_hex(16)
        headers = {
            "Content-Type": "application/json",
            "Pilotlight-Timestamp": stamp,
            "Pilotlight-Nonce": nonce,
            "Pilotlight-Signature": signing.sign(self.key, stamp, nonce, body),
        }
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=5)
        try:
            connection.request("POST", parts.path, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()
