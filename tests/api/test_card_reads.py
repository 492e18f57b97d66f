from dataclasses import replace

import pytest

from accounts.models import GasCard
from billing.devices.cards import decode, encode
from billing.models import CardWrite, TopUp
from tests.factories import billing as money

from .conftest import device_of
from .test_problems import check_problem


def read(client, image):
    return client.post("/api/v1/card-reads/", {"image": image})


def begin(client, reference, image, key="write-1"):
    return client.post(f"/api/v1/top-ups/{reference}/writes/", {"image": image}, headers={"Idempotency-Key": key})


def finish(client, write, **result):
    return client.post(f"/api/v1/writes/{write}/result/", result)


def written(image):
    """What a card shows after the bridge wrote it."""
    return encode(replace(decode(image), unlock=""))


class TestRead:
    def test_finds_the_account(self, fangs, account, image):
        body = read(fangs, image).json()
        assert (body["diagnosis"], body["account"]["number"]) == ("ready", account.number)
        assert body["content"]["counter"] == 0

    def test_shows_what_is_still_to_be_written(self, fangs, sold, image):
        body = read(fangs, image).json()
        assert (body["diagnosis"], [found["reference"] for found in body["unwritten"]]) == ("unwritten", [sold["reference"]])

    @pytest.mark.parametrize(("image", "diagnosis"), [("", "empty"), ("ffff", "empty"), ("00", "damaged"), ("ab" * 100, "damaged")])
    def test_says_what_is_wrong_with_a_card(self, fangs, image, diagnosis):
        body = read(fangs, image).json()
        assert (body["diagnosis"], body["account"]) == (diagnosis, None)
        assert body["sentence"]

    def test_knows_a_foreign_and_an_unknown_card(self, fangs, card):
        assert read(fangs, encode(money.image_of(card, area_code="0001"))).json()["diagnosis"] == "foreign"
        assert read(fangs, encode(money.image_of(card, card_number="0000000001"))).json()["diagnosis"] == "unknown_card"

    def test_a_card_with_impossible_numbers_is_damaged(self, fangs, card):
        assert read(fangs, encode(money.image_of(card, cumulative_litres=2**63))).json()["diagnosis"] == "damaged"

    def test_says_it_in_the_callers_language(self, fangs, image):
        answers = {
            fangs.post("/api/v1/card-reads/", {"image": ""}, headers={"Accept-Language": tag})["Content-Language"] for tag in ("ru", "en")
        }
        assert answers == {"ru", "en"}

    @pytest.mark.parametrize("image", ["0", "xy", "00 00", "00" * 600, None, 5])
    def test_wants_hex(self, fangs, image):
        check_problem(read(fangs, image), 400, "invalid")


class TestWrite:
    def test_goes_from_begin_to_written(self, fangs, sold, image, card):
        write = begin(fangs, sold["reference"], image).json()
        body = finish(fangs, write["id"], image=written(write["image"])).json()
        assert body["status"] == "written"
        assert GasCard.objects.get(pk=card.pk).counter == 1

    def test_a_fault_that_touched_nothing_can_be_tried_again(self, fangs, sold, image):
        write = begin(fangs, sold["reference"], image).json()
        assert finish(fangs, write["id"], fault="no_card").json()["status"] == "failed"
        again = begin(fangs, sold["reference"], image, "write-2").json()
        assert finish(fangs, again["id"], image=written(again["image"])).json()["status"] == "written"

    @pytest.mark.parametrize("result", [{"fault": "power_lost"}, {"fault": "pulled"}, {"image": "00"}])
    def test_what_nobody_saw_is_unknown(self, fangs, sold, image, result):
        write = begin(fangs, sold["reference"], image).json()
        assert finish(fangs, write["id"], **result).json()["status"] == "unknown"

    def test_the_result_twice_changes_nothing(self, fangs, sold, image):
        write = begin(fangs, sold["reference"], image).json()
        first = finish(fangs, write["id"], image=written(write["image"])).json()
        assert finish(fangs, write["id"], image=written(write["image"])).json() == first
        assert finish(fangs, write["id"], fault="no_card").json()["status"] == "written"

    def test_a_card_left_between_write_and_result_settles_at_the_next_read(self, fangs, sold, image):
        write = begin(fangs, sold["reference"], image).json()
        body = read(fangs, written(write["image"])).json()
        assert [(found["reference"], found["status"]) for found in body["settled"]] == [(sold["reference"], "written")]

    def test_a_card_that_was_not_written_settles_as_failed(self, fangs, sold, image):
        begin(fangs, sold["reference"], image)
        body = read(fangs, image).json()
        assert [found["status"] for found in body["settled"]] == ["failed"]
        assert body["diagnosis"] == "unwritten"

    def test_begun_twice_is_refused(self, fangs, sold, image):
        begin(fangs, sold["reference"], image)
        check_problem(begin(fangs, sold["reference"], image, "write-2"), 409, "card_busy")

    def test_of_another_card_is_refused(self, fangs, sold, neighbour):
        other = encode(money.image_of(neighbour.cards.get()))
        check_problem(begin(fangs, sold["reference"], other), 422, "wrong_card")
        assert TopUp.objects.get().status == "reserved"

    def test_of_a_foreign_card_is_refused(self, fangs, sold, card):
        image = encode(money.image_of(card, factory_code="9999"))
        check_problem(begin(fangs, sold["reference"], image), 422, "foreign")

    def test_that_somebody_else_began_is_theirs_to_end(self, fangs, sold, image, qiang):
        write = begin(fangs, sold["reference"], image).json()
        response = device_of(qiang.user).post(f"/api/v1/writes/{write['id']}/result/", {"fault": "no_card"})
        check_problem(response, 404, "not_found")

    @pytest.mark.parametrize(("image", "code"), [("", "empty"), ("00", "damaged")])
    def test_of_an_unreadable_card_is_refused(self, fangs, sold, image, code):
        check_problem(begin(fangs, sold["reference"], image), 422, code)
        assert not CardWrite.objects.exists()

    def test_that_nobody_began_has_no_result(self, fangs):
        check_problem(finish(fangs, 999, fault="pulled"), 404, "not_found")
        check_problem(finish(fangs, 10**30, fault="pulled"), 404, "not_found")

    @pytest.mark.parametrize("result", [{}, {"image": "", "fault": "pulled"}, {"fault": "boredom"}])
    def test_wants_an_image_or_a_fault(self, fangs, sold, image, result):
        write = begin(fangs, sold["reference"], image).json()
        check_problem(finish(fangs, write["id"], **result), 400, "invalid")
