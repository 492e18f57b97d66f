"""A stand-in gateway on a free port, for the tests of this folder."""

import threading

import pytest

from notices.stand_in import Server


@pytest.fixture
def gateway(settings):
    """What the stand-in knows and does; the product is set up to send to it."""
    settings.SMS_GATEWAY_KEY = "the key of these tests"
    server = Server(port=0, key=settings.SMS_GATEWAY_KEY)
    settings.SMS_GATEWAY_URL = server.url
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.gateway
    server.shutdown()
    thread.join()
    server.server_close()
