"""WeChat's side of the company's account: who somebody is (web authorization), and the menu. Four people live here.

Errors come as the real ones do: status 200, an ``errcode`` and words.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from .keys import Keys
from .wechat import Reply

#: How many people there are; each has a number.
PEOPLE = 4
#: Seconds for which a code, and a token, are good.
CODE_LIFE, TOKEN_LIFE = 300, 7200
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_WORDS = {
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40013: "invalid appid",
    40016: "invalid button size",
    40018: "invalid button name size",
    40023: "invalid sub button size",
    40025: "invalid sub button name size",
    40027: "invalid sub button url size",
    40029: "invalid code",
    40125: "invalid appsecret",
    40163: "code been used",
    42001: "access_token expired",
    42003: "code expired",
    47001: "data format error",
}


def openid_of(person: int, *, appid: str = Keys.appid) -> str:
    """By which number an account knows somebody: always the same, another at another account."""
    return "o" + base64.urlsafe_b64encode(hashlib.sha256(f"{appid}:{person}".encode()).digest())[:27].decode()


class _Error(Exception):
    """What WeChat answers instead; the argument is its ``errcode``."""


@dataclass
class _Code:
    person: int
    made_at: float
    is_used: bool = False


@dataclass
class AccountSide:
    """All methods may be called by several threads. ``menu`` is what was published last."""

    keys: Keys = field(repr=False)
    menu: dict[str, Any] | None = None
    _codes: dict[str, _Code] = field(default_factory=dict)
    _tokens: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def is_asked_well(self, asked: Mapping[str, str]) -> bool:
        """Whether WeChat's own page would open: our account, a scope there is, and a way back that it knows to be ours."""
        back = urlsplit(asked.get("redirect_uri", ""))
        is_ours = back.scheme in {"http", "https"} and back.hostname in _LOOPBACK
        is_known = asked.get("scope") in {"snsapi_base", "snsapi_userinfo"} and asked.get("response_type") == "code"
        return is_ours and is_known and asked.get("appid") == self.keys.appid and len(asked.get("state", "")) <= 128

    def grant(self, asked: Mapping[str, str], person: int) -> str:
        """Where the browser goes with a fresh code for somebody."""
        code = secrets.token_hex(16)
        with self._lock:
            self._codes[code] = _Code(person, time.time())
        back = asked["redirect_uri"]
        return f"{back}{'&' if '?' in back else '?'}{urlencode({'code': code, 'state': asked.get('state', '')})}"

    @property
    def openids(self) -> frozenset[str]:
        """Of everybody here, at our account."""
        return frozenset(openid_of(person, appid=self.keys.appid) for person in range(1, PEOPLE + 1))

    def answer(self, method: str, target: str, body: bytes) -> Reply:
        """What the API answers a program."""
        parts = urlsplit(target)
        asked = dict(parse_qsl(parts.query, keep_blank_values=True))
        doors = {
            "GET /sns/oauth2/access_token": lambda: self._tell_who(asked),
            "POST /cgi-bin/stable_token": lambda: self._give_token(json.loads(body)),
            "POST /cgi-bin/menu/create": lambda: self._take_menu(asked, json.loads(body)),
        }
        door = doors.get(f"{method} {parts.path}")
        if door is None:
            return 404, {}, b""
        try:
            said = door()
        except _Error as error:
            said = {"errcode": error.args[0], "errmsg": f"{_WORDS[error.args[0]]}, rid: {secrets.token_hex(4)}"}
        except (ValueError, TypeError, KeyError, AttributeError):
            said = {"errcode": 47001, "errmsg": _WORDS[47001]}
        return 200, {"Content-Type": "text/plain"}, json.dumps(said, ensure_ascii=False).encode()

    def _tell_who(self, asked: Mapping[str, str]) -> dict[str, Any]:
        self._check_account(asked)
        if asked.get("grant_type") != "authorization_code":
            raise _Error(40002)
        with self._lock:
            code = self._codes.get(asked.get("code", ""))
            if code is None:
                raise _Error(40029)
            if code.is_used:
                raise _Error(40163)
            if code.made_at < time.time() - CODE_LIFE:
                raise _Error(42003)
            code.is_used = True
        tokens = {"access_token": secrets.token_urlsafe(48), "expires_in": TOKEN_LIFE, "refresh_token": secrets.token_urlsafe(48)}
        return {**tokens, "openid": openid_of(code.person, appid=self.keys.appid), "scope": "snsapi_base"}

    def _give_token(self, asked: Mapping[str, str]) -> dict[str, Any]:
        self._check_account(asked)
        if asked.get("grant_type") != "client_credential":
            raise _Error(40002)
        now = time.time()
        with self._lock:
            living = [token for token, ends in self._tokens.items() if ends > now]
            token = living[0] if living else secrets.token_urlsafe(96)
            ends = self._tokens.setdefault(token, now + TOKEN_LIFE)
        return {"access_token": token, "expires_in": int(ends - now)}

    def _take_menu(self, asked: Mapping[str, str], menu: dict[str, Any]) -> dict[str, Any]:
        ends = self._tokens.get(asked.get("access_token", ""))
        if ends is None:
            raise _Error(40001)
        if ends < time.time():
            raise _Error(42001)
        if menu.keys() != {"button"}:
            raise _Error(47001)
        _check_buttons(menu["button"])
        self.menu = menu
        return {"errcode": 0, "errmsg": "ok"}

    def _check_account(self, asked: Mapping[str, str]) -> None:
        if asked.get("appid") != self.keys.appid:
            raise _Error(40013)
        if not secrets.compare_digest(asked.get("secret", ""), self.keys.account_secret):
            raise _Error(40125)


def _check_buttons(buttons: list[dict[str, Any]]) -> None:
    """One to three buttons of up to 16 bytes, one to five entries of up to 60 bytes under each; addresses of up to 1024."""
    if not 1 <= len(buttons) <= 3:
        raise _Error(40016)
    for button in buttons:
        if not 1 <= len(button["name"].encode()) <= 16:
            raise _Error(40018)
        entries = button["sub_button"]
        if not 1 <= len(entries) <= 5:
            raise _Error(40023)
        for entry in entries:
            if not 1 <= len(entry["name"].encode()) <= 60:
                raise _Error(40025)
            if entry["type"] != "view" or not 1 <= len(entry["url"].encode()) <= 1024:
                raise _Error(40027)
