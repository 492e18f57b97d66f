"""The company's account at WeChat: who somebody is there (web authorization), and its menu. Network only, no database.

Of a person we ask for no more than the number by which WeChat knows them at our account (scope ``snsapi_base``): no name, no
picture, no consent page.
"""

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

#: Seconds for each step of the way: somebody looks at an empty page meanwhile.
_TIMEOUT = 5
_ANSWER_BYTES = 64 * 1024
#: What WeChat's own browser says of itself.
_BROWSER = "MicroMessenger"
#: “System busy”: the one code of WeChat's that says nothing about what was asked.
_BUSY = -1


class WeChatFault(Exception):
    """Something went wrong between WeChat and us."""


class WeChatSilent(WeChatFault):
    """No answer, or none that can be read: ask again later."""


class WeChatRefused(WeChatFault):
    """WeChat understood and said no; ``code`` is its own number for it (40029: no such code, 40163: used before)."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(str(code))


@dataclass(frozen=True)
class Identity:
    """Who somebody is at an account: another account knows the same person by another number."""

    appid: str
    openid: str


def is_set_up() -> bool:
    """Whether the company has an account there, as far as we know."""
    return bool(settings.WECHAT_APPID and settings.WECHAT_SECRET)


def is_offered_to(browser: str) -> bool:
    """Whether signing in from WeChat can work in a browser (its ``User-Agent``): WeChat answers its own browser only."""
    return is_set_up() and (_BROWSER in browser or settings.WECHAT_REHEARSAL)


def authorize_url(*, back: str, state: str) -> str:
    """Where the browser goes to be told apart; WeChat sends it ``back`` with a code, and with the same ``state``."""
    asked = {"appid": settings.WECHAT_APPID, "redirect_uri": back, "response_type": "code", "scope": "snsapi_base", "state": state}
    # WeChat wants the names in this order, and the fragment.
    return f"{settings.WECHAT_AUTHORIZE}?{urlencode(asked)}#wechat_redirect"


def identity_of(code: str) -> Identity:
    """Whom a code stands for; it is good once, for five minutes. Raises WeChatSilent and WeChatRefused."""
    asked = {"appid": settings.WECHAT_APPID, "secret": settings.WECHAT_SECRET, "code": code, "grant_type": "authorization_code"}
    said = _call("GET", f"/sns/oauth2/access_token?{urlencode(asked)}")
    if not isinstance(said.get("openid"), str) or not said["openid"]:
        raise WeChatSilent
    return Identity(settings.WECHAT_APPID, said["openid"])


def publish_menu(menu: dict[str, Any]) -> None:
    """Make a menu the account's; phones show it within a few minutes. Raises WeChatSilent and WeChatRefused."""
    asked = {"grant_type": "client_credential", "appid": settings.WECHAT_APPID, "secret": settings.WECHAT_SECRET}
    # The stable kind: the other one would take the token away from whatever else speaks for the account.
    said = _call("POST", "/cgi-bin/stable_token", asked)
    if not isinstance(said.get("access_token"), str):
        raise WeChatSilent
    _call("POST", f"/cgi-bin/menu/create?{urlencode({'access_token': said['access_token']})}", menu)


def _call(method: str, target: str, given: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the API says. Errors come with status 200 and an ``errcode``."""
    # WeChat shows \\u escapes as they are: the text goes out as itself.
    body = json.dumps(given, ensure_ascii=False).encode() if given is not None else None
    try:
        said = json.loads(_answer(method, target, body))
        code = int(said.get("errcode") or 0)
    except (OSError, http.client.HTTPException, AttributeError, TypeError, ValueError) as error:
        raise WeChatSilent from error
    if code == _BUSY:
        raise WeChatSilent
    if code:
        raise WeChatRefused(code)
    answer: dict[str, Any] = said
    return answer


def _answer(method: str, target: str, body: bytes | None) -> bytes:
    parts = urlsplit(settings.WECHAT_API)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT)
    try:
        connection.request(method, parts.path.rstrip("/") + target, body, {"Content-Type": "application/json; charset=utf-8"})
        return connection.getresponse().read(_ANSWER_BYTES)
    finally:
        connection.close()
