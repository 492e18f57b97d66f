"""A kiosk's side of the wire for tests: signs as docs/kiosks.md says, with Django's own client for a line."""

import json
import secrets
import time

from billing.device_signatures import Asked, header_for
from tests.factories.kiosks import SECRET


class Wire:
    """Signed requests of one machine."""

    def __init__(self, client, key, secret=SECRET):
        self.client, self.key, self.secret = client, key.handle, secret

    def authorization(self, method, path, body=b"", *, shift_ms=0, nonce=None):
        stamp, nonce = int(time.time() * 1000) + shift_ms, nonce or secrets.token_hex(16)
        return header_for(Asked(method, path, body), key=self.key, secret=self.secret, timestamp=stamp, nonce=nonce)

    def post(self, path, body, *, key=None, area="kiosk", **signing):
        """Status and answer."""
        url, content = f"/api/v1/{area}/{path}", json.dumps(body).encode()
        headers = {"Authorization": self.authorization("POST", url, content, **signing), "Accept-Language": "en"}
        headers |= {"Idempotency-Key": key} if key else {}
        response = self.client.generic("POST", url, content, content_type="application/json", headers=headers)
        return response.status_code, json.loads(response.content)
