"""The works as staff and applicants see them: each act through its page, and what was typed stays."""

import pytest
from django.test import Client
from django.urls import reverse

from callbacks.operations.bearing import bear_now
from casework.operations import move_case
from connections.models import Defect, GasOn
from connections.operations import inspections, works
from connections.states import ConnectionStatus
from notices.models import Message
from tests.connections.conftest import BY, verbs
from tests.connections.test_gas_on import building, built, li  # noqa: F401
from tests.factories import accounts as people
from tests.factories.connections import GasOnFactory
from tests.signing_in import sign_in

PLATE = {"kind": "volume", "serial": "G-78", "maker": "金卡", "model": "G2.5", "use_until": "2036-11-01", "cap_litres": ""}
WHO = {"name": "周敏", "customer_kind": "person", "phone": "13900139000", "identity_number": "", "price_class": "resident"}
DEFECT = {"text": "阀门漏气", "grade": "critical", "clause": "GB 50028 10.2.3", "party": "contractor", "due_on": "2026-12-01"}


def rows(*filled):
    sent = {"defects-TOTAL_FORMS": "3", "defects-INITIAL_FORMS": "0"}
    for number in range(3):
        empty = {"text": "", "grade": "major", "party": "company"}
        for name, value in (filled[number] if number < len(filled) else empty).items():
            sent[f"defects-{number}-{name}"] = value
    return sent


@pytest.fixture
def at_now(now, time_machine):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def to(built, li, at_now):  # noqa: F811
    """``to("pass", **data)``: Li sends a form of the works' page, or looks at it."""
    client = sign_in(Client(), li)

    def send(act="", **data):
        name = f"connections:works_{act}" if act else "connections:works"
        key = [built.case.reference, *([data.pop("pk")] if "pk" in data else [])]
        return client.post(reverse(name, args=key), data) if act else client.get(reverse(name, args=key))

    return send


def test_the_list_shows_what_waits_for_whom(built, li, client):  # noqa: F811
    page = sign_in(client, li).get(reverse("connections:works_list"), {"status": "acceptance"})
    assert reverse("connections:works", args=[built.case.reference]) in page.content.decode()


def test_an_order_goes_on_from_its_page(building, li, client):  # noqa: F811
    application = building()
    address = reverse("connections:works_dispatch", args=[application.case.reference])
    assert sign_in(client, li).post(address, {"to": "installer"}).status_code == 422
    assert client.post(address, {"to": "installer", "installer": li.pk}).status_code == 302


def test_a_list_of_corrections_is_told_whole(built, to, drained):  # noqa: F811
    assert to("fail", **rows(DEFECT, {**DEFECT, "text": "软管过长", "grade": "minor"})).status_code == 302
    drained()
    [letter] = Message.objects.filter(kind="connection_corrections", channel="sms")
    assert "阀门漏气" in letter.text
    assert "软管过长" in letter.text
    assert "阀门漏气" in to().content.decode()


def test_a_defect_without_a_day_keeps_what_was_typed(to):
    answer = to("fail", **rows({**DEFECT, "due_on": ""}))
    assert answer.status_code == 422
    assert "阀门漏气" in answer.content.decode()
    assert not Defect.objects.exists()


def test_what_was_mended_is_looked_at_again(built, to):  # noqa: F811
    to("fail", **rows(DEFECT))
    defect = Defect.objects.get()
    to("mended", pk=defect.pk)
    to("check", pk=defect.pk, is_good="yes", seen=1)
    assert to("pass").status_code == 302
    built.case.refresh_from_db()
    assert built.case.status == ConnectionStatus.READY


class TestGasOn:
    @pytest.fixture
    def ready(self, built, li, now):  # noqa: F811
        return inspections.accept(application=built, by=li.user, at=now)

    def test_the_page_turns_it_on_once(self, ready, to, drained):
        compound = people.TerritoryFactory(level="compound", name="文峰小区")
        place = {"address": "文峰小区", "door": "777"}
        answer = to("gas_on", **WHO, **PLATE, **place)
        assert answer.status_code == 302, answer.context["gas_form"].errors
        assert GasOn.objects.get().account.premises.territory == compound
        drained()
        assert GasOn.objects.get().account.number in Message.objects.filter(kind="connection_gas_on").first().text

    def test_a_place_we_do_not_know_keeps_what_was_typed(self, ready, to):
        answer = to("gas_on", **WHO, **PLATE, address="火星", door="1")
        assert (answer.status_code, "G-78" in answer.content.decode()) == (422, True)
        assert not GasOn.objects.exists()

    def test_a_critical_defect_keeps_it_off_whatever_is_sent(self, ready, to):
        people.TerritoryFactory(level="compound", name="文峰小区")
        to("fail", **rows(DEFECT))
        answer = to("gas_on", **WHO, **PLATE, address="文峰小区", door="777")
        assert answer.status_code == 422
        assert not GasOn.objects.exists()


def test_whoever_was_not_at_the_door_calls_back_and_that_closes_it(built, li, fang, now, client, drained, at_now):  # noqa: F811
    GasOnFactory(application=built, by=li.user.actor_label)
    built.case.status = ConnectionStatus.READY
    built.case.save()
    move_case(case=built.case, verb="connect", by=BY, at=now)
    follow_up, answers = bear_now(case=built.case), {"settled": 1, "score": 5, "heard_by": "call", "words": "很满意"}
    address = reverse("callbacks:hear", args=[follow_up.pk])
    assert sign_in(Client(), li).post(address, answers).status_code == 422
    assert sign_in(client, fang).post(address, answers).status_code == 302
    drained()
    assert {"callback.done", "case.closed"} <= set(verbs(built.case))
    assert "Call the customer back" not in client.get(reverse("connections:works", args=[built.case.reference])).content.decode()


def test_the_log_keeps_words_and_photos(building, li, client, now):  # noqa: F811
    application = building()
    sign_in(client, li).post(reverse("connections:works_log", args=[application.case.reference]), {"text": "沟已开挖"})
    assert application.works.get().text == "沟已开挖"
    works.log(application=application, text="管道已铺设", by=BY, at=now)
    page = client.get(reverse("connections:works", args=[application.case.reference])).content.decode()
    assert "管道已铺设" in page
    assert "沟已开挖" in page
