"""The run's own PostgreSQL and Redis, started by ./test."""

import os
import random
import socket
from contextlib import suppress

import pytest


def _from_environment(name):
    if not os.environ.get(name):
        pytest.fail(f"{name} is not set: run this test with ./test, which starts the services")
    return os.environ[name]


@pytest.fixture(scope="session")
def postgres_url():
    return _from_environment("TEST_POSTGRES_URL")


@pytest.fixture(scope="session")
def redis_url():
    return _from_environment("TEST_REDIS_URL")


@pytest.fixture
def free_port():
    """A port nobody listens on."""
    return new_port()


def new_port():
    """Below those that the system gives to whoever connects somewhere: nobody takes it before its server does, or while that is down."""
    for port in random.Random().sample(range(12_000, 32_000), 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if not probe.connect_ex(("127.0.0.1", port)):
                continue
            with suppress(OSError):
                probe.bind(("127.0.0.1", port))
                return port
    pytest.fail("no free port")
