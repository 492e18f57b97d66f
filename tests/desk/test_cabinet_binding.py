"""Binding through the pages, and that the answer and its time tell nothing."""

import http.client
import re
import statistics
import time
from contextlib import closing
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Binding, BindingAttempt
from notices.models import Message
from tests.factories import accounts as people

BIND, CODE = reverse("desk:cabinet_bind"), reverse("desk:cabinet_bind_code")


@pytest.fixture
def newcomer(client, signed_in, account):
    people.PhoneFactory(customer=account.customer, number="+8613912345678")
    user = people.UserFactory(username="newcomer", phone="+8613700000001", is_phone_verified=True)
    signed_in(client, user)
    return user


def attempt(client, number, proof="李娜"):
    return client.post(BIND, {"number": number, "proof": proof, "role": "holder"})


def the_code():
    return re.search(r"\d{6}", Message.objects.get(kind="binding_code").text)[0]


class TestTheWayThrough:
    def test_the_code_goes_to_the_phone_on_file_and_opens_the_account(self, client, newcomer, account):
        assert attempt(client, account.number).url == CODE
        assert Message.objects.get().address == "+8613912345678"
        client.post(CODE, {"code": the_code()})
        assert Binding.objects.get(user=newcomer).account == account

    def test_a_wrong_code_is_told_on_the_field(self, client, newcomer, account):
        attempt(client, account.number)
        assert "no longer valid" in client.post(CODE, {"code": "000000x"}).text

    def test_without_a_first_step_there_is_no_second(self, client, newcomer):
        assert client.get(CODE).url == BIND

    def test_the_sixth_try_is_refused_in_words(self, client, newcomer):
        for _ in range(5):
            attempt(client, "0000000000")
        assert "Too many tries" in attempt(client, "0000000000").text


class TestNothingToLearn:
    CASES = [("{number}", "李娜"), ("{number}", "wrong"), ("0000000000", "李娜"), ("nonsense", "x")]

    def test_every_answer_is_the_same_page(self, client, newcomer, account):
        pages = []
        for number, proof in self.CASES:
            answer = attempt(client, number.format(number=account.number), proof)
            pages.append((answer.status_code, answer.url, len(client.get(CODE).text)))
        assert len(set(pages)) == 1

    def test_only_the_right_one_leaves_a_message(self, client, newcomer, account):
        for number, proof in self.CASES:
            attempt(client, number.format(number=account.number), proof)
        assert Message.objects.count() == 1

    def test_every_try_reads_and_writes_the_same_tables(self, client, newcomer, account):
        work = set()
        for number, proof in self.CASES:
            with CaptureQueriesContext(connection) as asked:
                attempt(client, number.format(number=account.number), proof)
            statements = [query["sql"].split()[:4] for query in asked if "SAVEPOINT" not in query["sql"]]
            work.add(str(statements))
        assert len(work) == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="measured once, on the database that strangers meet")
class TestTheClock:
    """Over HTTP, as a stranger would measure it."""

    @pytest.fixture
    def asks(self, client, newcomer, live_server):
        address = urlsplit(live_server.url).netloc
        client.get(BIND)
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        headers = {
            "Cookie": cookies,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": client.cookies["csrftoken"].value,
        }

        def ask(number, proof):
            body = urlencode({"number": number, "proof": proof, "role": "holder"})
            began = time.perf_counter()
            with closing(http.client.HTTPConnection(address, timeout=30)) as connection:
                connection.request("POST", BIND, body, headers)
                answer = connection.getresponse()
            assert (answer.status, answer.headers["Location"]) == (302, CODE)
            return time.perf_counter() - began

        return ask

    @pytest.mark.timeout(300)
    def test_medians_of_200_tries_lie_within_a_tenth(self, asks, account):
        cases = {"right": (account.number, "李娜"), "wrong name": (account.number, "王芳"), "wrong number": ("3713249999", "李娜")}
        times = {name: [] for name in cases}
        for n in range(200):
            # Interleaved, in a turning order, so that a busy machine slows all alike.
            for name in sorted(cases, key=lambda name: (list(cases).index(name) + n) % 3):
                BindingAttempt.objects.all().delete()
                times[name].append(asks(*cases[name]))
        medians = [statistics.median(taken) for taken in times.values()]
        assert max(medians) / min(medians) < 1.10, dict(zip(times, medians, strict=True))
