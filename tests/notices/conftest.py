"""Stand-ins on free ports, for the tests of this folder."""

import threading
from contextlib import contextmanager

import pytest

from notices.stand_in import MailServer, Server


@contextmanager
def serving(server):
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def server(settings):
    settings.SMS_GATEWAY_KEY = settings.VOICE_GATEWAY_KEY = "the key of these tests"
    with serving(Server(port=0, key=settings.SMS_GATEWAY_KEY)) as server:
        settings.SMS_GATEWAY_URL, settings.VOICE_GATEWAY_URL = server.url, f"{server.url}voice"
        yield server


@pytest.fixture
def gateway(server):
    """What the stand-in knows and does; the product is set up to send to it."""
    return server.gateway


@pytest.fixture
def mail_server(gateway, settings):
    """E-mail goes out over SMTP, to the stand-in."""
    with serving(MailServer(port=0, gateway=gateway)) as server:
        options = {"host": "127.0.0.1", "port": server.port}
        settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
        yield server
