"""The stand-in over HTTP: WeChat's API under /v3/ and its account (account_doors), Alipay's gateway at /gateway.do, and a page on which
a developer pays with a click."""

from collections.abc import Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.contrib.staticfiles import finders

from . import account_doors
from .desk import Desk, How
from .keys import Keys
from .orders import Order
from .pages import page

_LONGEST_BODY = 64 * 1024
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class _Handler(BaseHTTPRequestHandler):
    server: "Server"
    server_version = "Pilotlight-pay-stand-in"
    timeout = 30

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/pay.css":
            self._answer(HTTPStatus.OK, {"Content-Type": "text/css; charset=utf-8"}, _style())
        elif account_doors.is_for(parts.path):
            self._serve_account(b"")
        elif parts.path == "/" or parts.path.startswith("/scan/"):
            self._show(parts.path.removeprefix("/scan/").strip("/"))
        elif parts.path.startswith("/bills/"):
            file = self.server.desk.alipay.files.get(parts.path.removeprefix("/bills/"), b"")
            self._answer(HTTPStatus.OK if file else HTTPStatus.NOT_FOUND, {"Content-Type": "application/zip"}, file)
        else:
            self._provide(b"")

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _LONGEST_BODY))
        parts = urlsplit(self.path)
        if parts.path == "/down":
            self.server.desk.orders.is_down = dict(parse_qsl(body.decode())).get("down") == "yes"
            self._answer(HTTPStatus.SEE_OTHER, {"Location": "/"}, b"")
        elif account_doors.is_for(parts.path):
            self._serve_account(body)
        elif parts.path.startswith("/scan/"):
            self._pay(parts.path.removeprefix("/scan/").strip("/"), dict(parse_qsl(body.decode())))
        else:
            self._provide(body)

    def _serve_account(self, body: bytes) -> None:
        """The account at WeChat: for programs, and for somebody with a browser. Down, it hangs up."""
        if self.server.desk.orders.is_down:
            self.close_connection = True
        else:
            self._answer(*account_doors.reply(self.server.desk.account, self.command, self.path, self.headers, body))  # type: ignore[arg-type]

    def _provide(self, body: bytes) -> None:
        """As a provider answers a program. Down, it hangs up."""
        desk, parts = self.server.desk, urlsplit(self.path)
        if desk.orders.is_down:
            self.close_connection = True
        elif parts.path == "/gateway.do":
            self._answer(*desk.alipay.answer(dict(parse_qsl(parts.query, keep_blank_values=True))))
        elif parts.path.startswith("/v3/"):
            status, headers, said = desk.wechat.answer(self.command, self.path, self.headers, body)  # type: ignore[arg-type]
            self._answer(status, headers, said)
            self.server.tell_of_refunds()
        else:
            self._answer(HTTPStatus.NOT_FOUND, {}, b"")

    def _pay(self, reference: str, given: dict[str, str]) -> None:
        order = self.server.desk.orders.find(reference)
        if order is None or given.get("how") not in set(How):
            self._answer(HTTPStatus.NOT_FOUND, {}, b"")
            return
        how = How(given["how"])
        self.server.desk.pay(order, how)
        # Back to the shop, as Alipay's page goes: in the same moment in which the callback arrives.
        back = order.return_url if order.return_url and how is not How.FORGED else f"/scan/{reference}"
        self._answer(HTTPStatus.SEE_OTHER, {"Location": back}, b"")

    def _show(self, reference: str) -> None:
        orders = self.server.desk.orders
        found = orders.find(reference) if reference else None
        shown = [found] if found else list(orders)
        body = page("billing/pay_stand_in.html", self.headers, orders=shown, one=found, is_down=orders.is_down)  # type: ignore[arg-type]
        self._answer(HTTPStatus.OK, {"Content-Type": "text/html; charset=utf-8", **_leading_to(shown)}, body)

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Nothing: what goes through here is signed with keys."""


class Server(ThreadingHTTPServer):
    """The stand-in on 127.0.0.1; port 0 takes a free one."""

    daemon_threads = True
    # Fifty callers at once are no reason to turn one away.
    request_queue_size = 128

    def __init__(self, *, port: int, keys: Keys) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.keys, self.desk = keys, Desk(keys, self.url)
        self._told: set[str] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def tell_of_refunds(self) -> None:
        """WeChat calls about each refund once."""
        with self.desk.orders.held():
            new = [(order, number) for order in self.desk.orders if order.way == "wechat" for number in order.refunds]
            fresh = [(order, number) for order, number in new if number not in self._told]
            self._told |= {number for _order, number in fresh}
        for order, number in fresh:
            self.desk.tell_of_refund(order, number)


def _leading_to(orders: Iterable[Order]) -> dict[str, str]:
    """Alipay's page leads back to the shop, which is another site: the form that pays must be allowed to end there."""
    parts = {urlsplit(order.return_url) for order in orders if order.return_url}
    shops = sorted({f"{part.scheme}://{part.netloc}" for part in parts})
    return {"Content-Security-Policy": f"{_HEADERS['Content-Security-Policy']} {' '.join(shops)}"}


def _style() -> bytes:
    path = finders.find("css/pay-stand-in.css")
    with open(str(path), "rb") as file:
        return file.read()
