"""Webhooks go to the public internet and nowhere else, whatever an address looks like."""

import ipaddress
import socket

import pytest

from notices import addresses
from notices.addresses import BadAddress


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.com/in?x=1",
        "https://hooks.example.com:8443/",
        "https://93.184.216.34/",
        "https://[2606:2800:220:1:248:1893:25c8:1946]/",
        "https://xn--fsq.example/",
    ],
)
def test_public_addresses_are_taken(url):
    assert addresses.parse(url).hostname


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://hooks.example.com/", "scheme"),
        ("ftp://hooks.example.com/", "scheme"),
        ("hooks.example.com", "form"),
        ("https://", "form"),
        ("https://exa mple.com/", "form"),
        ("https://hooks.example.com/#here", "form"),
        ("https://hooks.example.com:99999/", "form"),
        ("https://例子.com/", "form"),
        ("https://" + "a" * 500 + ".com/", "form"),
        ("https://me:secret@hooks.example.com/", "userinfo"),
        ("https://me@hooks.example.com/", "userinfo"),
        ("https://localhost/", "private"),
        ("https://database/", "private"),
        ("https://printer.local/", "private"),
        ("https://api.internal./", "private"),
        ("https://127.0.0.1/", "private"),
        ("https://127.1/", "private"),
        ("https://2130706433/", "private"),
        ("https://0x7f.0x0.0x0.0x1/", "private"),
        ("https://10.1.2.3/", "private"),
        ("https://192.168.0.1/", "private"),
        ("https://169.254.169.254/latest/meta-data/", "private"),
        ("https://100.64.0.1/", "private"),
        ("https://0.0.0.0/", "private"),
        ("https://224.0.0.1/", "private"),
        ("https://[::1]/", "private"),
        ("https://[fd00::1]/", "private"),
        ("https://[fe80::1]/", "private"),
        ("https://[::ffff:10.0.0.1]/", "private"),
        ("https://[64:ff9b::a00:1]/", "private"),
        ("https://[2002:a00:1::]/", "private"),
    ],
)
def test_all_others_are_refused(url, code):
    with pytest.raises(BadAddress) as refusal:
        addresses.parse(url)
    assert refusal.value.code == code


@pytest.mark.parametrize("url", ["http://127.0.0.1:8025/events", "https://localhost/", "http://[::1]:1/"])
def test_this_machine_is_allowed_for_rehearsals(url):
    assert addresses.parse(url, loopback=True)


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://example.com/", "ftp://127.0.0.1/"])
def test_a_rehearsal_opens_nothing_else(url):
    with pytest.raises(BadAddress):
        addresses.parse(url, loopback=True)


@pytest.fixture
def resolves(monkeypatch):
    """What the name server says."""

    def _resolves(*numbers):
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in numbers]
        monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *args, **kwargs: found)

    return _resolves


URL = addresses.parse("https://hooks.example.com/")


def test_the_number_that_was_looked_at_is_the_one_to_call(resolves):
    resolves("93.184.216.34", "93.184.216.35")
    assert addresses.resolve(URL) == "93.184.216.34"


@pytest.mark.parametrize("numbers", [["10.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::1"], ["fe80::1%eth0"]])
def test_a_name_that_leads_inside_is_refused(resolves, numbers):
    resolves(*numbers)
    with pytest.raises(BadAddress) as refusal:
        addresses.resolve(URL)
    assert refusal.value.code == "private"


def test_a_name_nobody_knows_is_refused(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(addresses.socket, "getaddrinfo", unknown)
    with pytest.raises(BadAddress) as refusal:
        addresses.resolve(URL)
    assert refusal.value.code == "unknown"


def test_a_rehearsal_reaches_this_machine(resolves):
    resolves("127.0.0.1")
    assert addresses.resolve(URL, loopback=True) == "127.0.0.1"


def test_an_address_that_wraps_a_public_one_is_public():
    assert addresses.is_public(ipaddress.ip_address("64:ff9b::5db8:d822"))
