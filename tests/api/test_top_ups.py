import pytest

from billing.models import Shift, Tier, TopUp
from tests.factories import billing as money
from tests.factories.tills import pay

from .conftest import sell
from .test_card_reads import written
from .test_problems import check_problem


class TestSell:
    def test_takes_the_money_and_hands_out_a_receipt(self, sold, account, fang):
        assert (sold["status"], sold["amount"], sold["payment"]["change"]) == ("reserved", 5_500, 4_500)
        assert sold["counter"] == 1
        assert len(sold["receipts"]) == 1
        assert sold["write"] is None
        assert sold["channel"] == "api"
        top_up = TopUp.objects.get(reference=sold["reference"])
        assert top_up.shift.clerk == fang

    def test_begins_the_write_when_the_card_came_along(self, fangs, sale, image):
        sold = sell(fangs, {**sale, "image": image}).json()
        assert (sold["status"], sold["write"]["reference"]) == ("writing", sold["reference"])

    def test_by_bank_card_wants_the_slip(self, fangs, sale):
        del sale["tendered"]
        body = check_problem(sell(fangs, {**sale, "method": "bank_card"}), 400, "invalid")
        assert body["errors"][0]["pointer"] == "#/slip"
        assert sell(fangs, {**sale, "method": "bank_card", "slip": "004711"}).status_code == 201

    def test_without_an_open_shift_is_refused(self, fangs, sale, mei):
        Shift.objects.update(clerk=mei)
        check_problem(sell(fangs, sale), 409, "no_open_shift")

    def test_at_a_counted_shift_is_refused(self, fangs, sale):
        Shift.objects.update(status="counted")
        check_problem(sell(fangs, sale), 409, "closed_shift")

    def test_with_too_little_cash_is_refused(self, fangs, sale):
        assert check_problem(sell(fangs, {**sale, "tendered": 5_000}), 422, "not_enough_money")["missing"] == 500
        assert not TopUp.objects.exists()

    def test_after_a_price_change_brings_the_new_quote(self, fangs, sale):
        Tier.objects.filter(number=1).update(unit_price=30_000)
        body = check_problem(sell(fangs, sale), 409, "stale_quote")
        assert body["quote"]["amount"] == 6_000
        assert sell(fangs, {**sale, "fingerprint": body["quote"]["fingerprint"]}).status_code == 201

    def test_onto_another_card_is_refused_before_any_money_moves(self, fangs, sale, neighbour):
        from billing.devices.cards import encode

        other = encode(money.image_of(neighbour.cards.get()))
        check_problem(sell(fangs, {**sale, "image": other}), 422, "wrong_card")
        assert not TopUp.objects.exists()

    def test_onto_a_foreign_card_is_refused_before_any_money_moves(self, fangs, sale, card):
        from billing.devices.cards import encode

        image = encode(money.image_of(card, factory_code="9999"))
        check_problem(sell(fangs, {**sale, "image": image}), 422, "foreign")
        assert not TopUp.objects.exists()

    def test_a_second_time_while_one_is_unwritten_is_refused(self, fangs, sale, sold):
        assert check_problem(sell(fangs, sale, "key-2"), 409, "card_busy")["reference"] == sold["reference"]

    def test_of_more_than_a_card_can_hold_is_refused(self, fangs, sale, card):
        card.meter.cap_litres = 2**40
        card.meter.save(update_fields=["cap_litres"])
        check_problem(sell(fangs, sale), 422, "too_large_for_card")
        assert not TopUp.objects.exists()

    def test_without_a_card_in_use_is_refused(self, fangs, sale, card):
        card.status, card.ended_at = "lost", card.issued_at
        card.save(update_fields=["status", "ended_at"])
        check_problem(sell(fangs, sale), 422, "no_card_issued")


class TestGet:
    def test_shows_the_same_as_the_sale(self, fangs, sold):
        body = fangs.get(f"/api/v1/top-ups/{sold['reference']}/").json()
        assert body == {name: value for name, value in sold.items() if name != "write"}

    def test_of_an_unknown_reference_is_not_found(self, fangs, sold):
        check_problem(fangs.get("/api/v1/top-ups/T00000000000/"), 404, "not_found")


class TestList:
    @pytest.fixture
    def bought(self, account, shift, now):
        return [pay(account, shift, at=now, written=number < 4, litres=1_000 * (number + 1)) for number in range(5)]

    def test_goes_page_by_page(self, olives, account, bought):
        seen, url = [], f"/api/v1/accounts/{account.number}/top-ups/?limit=2"
        while url:
            body = olives.get(url).json()
            seen += [found["litres"] for found in body["results"]]
            url = body["next"]
        assert seen == [5_000, 4_000, 3_000, 2_000, 1_000]

    def test_filters_by_status_and_day(self, olives, account, bought):
        url = f"/api/v1/accounts/{account.number}/top-ups/"
        assert [found["litres"] for found in olives.get(url, {"status": "paid"}).json()["results"]] == [5_000]
        assert len(olives.get(url, {"bought_from": "2026-11-20", "bought_until": "2026-11-20"}).json()["results"]) == 5
        assert olives.get(url, {"bought_until": "2026-11-19"}).json()["results"] == []

    @pytest.mark.parametrize("query", [{"status": "gone"}, {"bought_from": "yesterday"}, {"limit": "0"}, {"limit": "201"}])
    def test_names_the_wrong_parameter(self, olives, account, query):
        body = check_problem(olives.get(f"/api/v1/accounts/{account.number}/top-ups/", query), 400, "invalid")
        assert body["errors"][0]["parameter"] == next(iter(query))

    @pytest.mark.parametrize("cursor", ["x", "cD1ub3doZXJl", "bz0tMQ==", "cj0xJnA9MjAyNi0xMy00NQ=="])
    def test_refuses_a_made_up_cursor(self, olives, account, bought, cursor):
        check_problem(olives.get(f"/api/v1/accounts/{account.number}/top-ups/", {"cursor": cursor}), 400, "bad_cursor")

    def test_asks_the_same_queries_for_one_row_and_for_five(self, olives, account, bought, django_assert_max_num_queries):
        with django_assert_max_num_queries(14):
            assert len(olives.get(f"/api/v1/accounts/{account.number}/top-ups/").json()["results"]) == 5


class TestPromises:
    @pytest.mark.usefixtures("book")
    def test_a_reader_at_a_counter_tells_that_it_was_done_on_the_spot(self, fangs, olives, sale, image):
        fangs.post("/api/v1/card-reads/", {"image": image})
        sold = sell(fangs, {**sale, "image": image}).json()
        fangs.post(f"/api/v1/writes/{sold['write']['id']}/result/", {"image": written(sold["write"]["image"])})
        found = olives.get(f"/api/v1/top-ups/{sold['reference']}/promises/").json()["results"]
        assert [(one["promise"], one["state"]) for one in found] == [("T01", "kept")]
