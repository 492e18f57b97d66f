"""The run's own PostgreSQL and Redis, started by ./test."""

import os
import socket

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
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
