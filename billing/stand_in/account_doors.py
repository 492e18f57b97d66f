"""The company's account at WeChat over HTTP: the page on which somebody is told apart, the API beside it, the menu to look at."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from .account import PEOPLE, AccountSide
from .pages import page
from .wechat import Reply

AUTHORIZE, MENU = "/connect/oauth2/authorize", "/account"
_API = ("/sns/", "/cgi-bin/")
_HTML = {"Content-Type": "text/html; charset=utf-8"}


def is_for(path: str) -> bool:
    """Whether an address is the account's business."""
    return path.startswith(_API) or path in {AUTHORIZE, MENU}


def reply(account: AccountSide, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Reply:
    """What is answered at such an address."""
    path = urlsplit(target).path
    if path.startswith(_API):
        return account.answer(method, target, body)
    doors: dict[str, Callable[[], Reply]] = {
        f"GET {AUTHORIZE}": lambda: _ask_who(account, target, headers),
        f"POST {AUTHORIZE}": lambda: _send_back(account, target, body),
        f"GET {MENU}": lambda: _page("billing/account_stand_in.html", headers, menu=account.menu),
    }
    door = doors.get(f"{method} {path}")
    return door() if door else (HTTPStatus.METHOD_NOT_ALLOWED, {}, b"")


def _ask_who(account: AccountSide, target: str, headers: Mapping[str, str]) -> Reply:
    """The real WeChat knows whose phone it runs on and shows nothing; here one says who one is."""
    asked = dict(parse_qsl(urlsplit(target).query))
    if not account.is_asked_well(asked):
        return _page("billing/authorize_stand_in.html", headers, status=HTTPStatus.BAD_REQUEST)
    status, given, body = _page("billing/authorize_stand_in.html", headers, people=range(1, PEOPLE + 1), target=target)
    back = urlsplit(asked["redirect_uri"])
    # The form ends at the shop, which is another site.
    allowed = f"default-src 'none'; style-src 'self'; form-action 'self' {back.scheme}://{back.netloc}"
    return status, {**given, "Content-Security-Policy": allowed}, body


def _send_back(account: AccountSide, target: str, body: bytes) -> Reply:
    asked, person = dict(parse_qsl(urlsplit(target).query)), dict(parse_qsl(body.decode())).get("person", "")
    if not account.is_asked_well(asked) or person not in map(str, range(1, PEOPLE + 1)):
        return HTTPStatus.BAD_REQUEST, {}, b""
    return HTTPStatus.SEE_OTHER, {"Location": account.grant(asked, int(person))}, b""


def _page(template: str, headers: Mapping[str, str], *, status: int = HTTPStatus.OK, **context: object) -> Reply:
    return status, _HTML, page(template, headers, **context)
