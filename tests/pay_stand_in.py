"""The stand-in for WeChat Pay and Alipay on a free port, and a product that pays there."""

import http.client
import threading
from contextlib import closing, contextmanager
from functools import cache
from urllib.parse import urlsplit

from billing.stand_in import Server, new_keys


@cache
def keys():
    """Made once a run: five key pairs take half a second."""
    return new_keys()


@contextmanager
def serving():
    """A running stand-in."""
    server = Server(port=0, keys=keys())
    server.desk.callbacks.pauses = ()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def pay_there(settings, server, **changes):
    """Set the product up to pay at a stand-in."""
    lists = {"WECHAT_PAY_PUBLIC_KEYS", "ALIPAY_PUBLIC_KEYS"}
    for name, value in {**keys().environment(server.url), **changes}.items():
        setattr(settings, name, value.split(",") if name in lists else value)


def come_back(there, person=2):
    """The browser at WeChat's page: somebody says whose phone it is, and is sent back to this address."""
    parts = urlsplit(there)
    with closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)) as line:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        line.request("POST", f"{parts.path}?{parts.query}", f"person={person}", form)
        back = urlsplit(line.getresponse().headers["Location"])
    return f"{back.path}?{back.query}"
