"""The database has no free hand: a clear answer, nothing half done, and what was typed can be sent again."""

import sqlite3
from contextlib import closing

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

import billing.operations.card_writes
from billing.models import Payment, Receipt, TopUp
from billing.queries.ledger_proof import prove
from casework.models import Event
from tests.api.conftest import device_of, sell
from tests.desk.test_counter import quoted
from tests.factories.billing import chip_of
from tests.signing_in import sign_in

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer at a time is SQLite's way")


@pytest.fixture
def chip(account, shift):
    """Olive's card on the reader of Fang's counter."""
    return chip_of(account.cards.get(), shift.counter)


@pytest.fixture
def clerk(fang, shift):
    """Fang's browser; an error is an answer there, not an exception."""
    return sign_in(Client(raise_request_exception=False), fang)


@pytest.fixture
def locked(transactional_db):
    """Call it, and somebody else holds the only pen for longer than we wait; the test ends that."""
    holders = []

    def lock():
        connection.close()
        connection.settings_dict["OPTIONS"]["timeout"] = 0.05
        holder = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None, uri=True)
        holders.append(holder)
        holder.execute("BEGIN IMMEDIATE")
        return holder

    waits = connection.settings_dict["OPTIONS"]["timeout"]
    yield lock
    connection.close()
    connection.settings_dict["OPTIONS"]["timeout"] = waits
    for holder in holders:
        holder.close()


@on_sqlite
class TestALockedDatabase:
    def test_refuses_a_sale_with_a_sentence_and_leaves_nothing_behind(self, clerk, chip, account, locked):
        fields = quoted(clerk, account, volume="60", tendered="200")
        with closing(locked()):
            answer = clerk.post(reverse("desk:counter_sell"), fields)
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert "nothing is half done, and nothing is done twice" in answer.text
        assert not any(model.objects.exists() for model in (TopUp, Payment, Receipt, Event))

    def test_gives_back_what_was_typed_to_be_sent_again(self, clerk, chip, account, locked):
        fields = quoted(clerk, account, volume="60", tendered="200")
        with closing(locked()):
            answer = clerk.post(reverse("desk:counter_sell"), fields)
        kept = dict(answer.context["typed"])
        assert kept == {name: str(value) for name, value in fields.items()}
        assert clerk.post(reverse("desk:counter_sell"), kept).url.startswith("/counter/sold/")
        assert TopUp.objects.get().status == "written"

    def test_still_shows_pages(self, clerk, chip, account, locked):
        with closing(locked()):
            assert clerk.get(reverse("desk:counter"), {"account": account.number, "volume": "60"}).status_code == 200

    def test_answers_a_program_with_a_problem_and_the_same_request_goes_through_later(self, fang, account, shift, locked):
        device = device_of(fang.user)
        device.raise_request_exception = False
        quote = device.post("/api/v1/quotes/", {"account": account.number, "litres": 20_000}).json()
        sale = {"account": account.number, "litres": 20_000, "fingerprint": quote["fingerprint"], "method": "cash", "tendered": 10_000}
        with closing(locked()):
            answer = sell(device, sale)
        assert (answer.status_code, answer["Content-Type"], answer["Retry-After"]) == (503, "application/problem+json", "1")
        assert (answer.json()["code"], TopUp.objects.count()) == ("busy", 0)
        assert sell(device, sale).status_code == 201


class TestALostConnection:
    @pytest.fixture(params=[OperationalError("server closed the connection"), InterfaceError("connection already closed")])
    def lost(self, request, monkeypatch):
        """Call it, and from the next write of a card's end on the database is gone."""

        def gone(*args, **kwargs):
            raise request.param

        return lambda place, name: monkeypatch.setattr(place, name, gone)

    def test_after_the_payment_is_settled_by_sending_it_again(self, clerk, chip, account, lost, monkeypatch):
        fields = quoted(clerk, account, volume="60", tendered="200")
        lost(billing.operations.card_writes, "judge_write")
        answer = clerk.post(reverse("desk:counter_sell"), fields)
        assert answer.status_code == 503
        monkeypatch.undo()
        sold = clerk.post(reverse("desk:counter_sell"), dict(answer.context["typed"]))
        assert (TopUp.objects.get().status, Payment.objects.count()) == ("writing", 1)
        assert "read once more" in clerk.get(sold.url).text
        clerk.post(reverse("desk:counter_read"))
        assert TopUp.objects.get().status == "written"
        assert all(finding.is_right for finding in prove())

    def test_before_anybody_is_known_is_said_without_asking_the_database(self, clerk, lost, monkeypatch):
        lost(connection, "cursor")
        answer = clerk.get("/staff/")
        monkeypatch.undo()
        assert (answer.status_code, "The system is busy just now" in answer.text) == (503, True)

    def test_in_a_middleware_is_a_problem_for_programs(self, lost, monkeypatch, settings):
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.faults.test_busy.gone_middleware"]
        answer = Client(raise_request_exception=False).get("/api/v1/halls/")
        assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (503, "application/problem+json", "busy")
        assert answer["Retry-After"] == "1"

    @pytest.mark.parametrize("language", ["en", "zh-hans", "ru"])
    def test_is_said_in_the_readers_language(self, settings, language):
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.faults.test_busy.gone_middleware"]
        answer = Client(raise_request_exception=False, headers={"Accept-Language": language}).get("/halls/")
        with translation.override(language):
            sentence = gettext("The system is busy just now")
        assert (answer.status_code, f'<html lang="{language}"' in answer.text, sentence in answer.text) == (503, True, True)

    def test_writes_no_password_into_the_page(self, settings, db):
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.faults.test_busy.gone_middleware"]
        answer = Client(raise_request_exception=False).post("/auth/login/", {"login": "fang", "password": "correct horse"})
        assert (answer.status_code, "correct horse" in answer.text) == (503, False)


def gone_middleware(get_response):
    """A middleware that finds the database gone."""

    def gone(request):
        raise OperationalError("password in here")

    return gone


def test_any_other_fault_stays_a_fault(settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.faults.test_busy.broken_middleware"]
    client = Client(raise_request_exception=False)
    assert "Something went wrong on our side" in client.get("/halls/").text
    assert client.get("/api/v1/halls/").json()["code"] == "internal_error"


def broken_middleware(get_response):
    """A middleware with a mistake in it."""

    def broken(request):
        raise RuntimeError("a mistake")

    return broken
