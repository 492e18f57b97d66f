"""The priority register: who is on it and why, from when until when; the customer's flag follows."""

import csv
import io
from datetime import date, timedelta

import pytest

from accounts.actors import System
from accounts.models import Customer, PriorityEntry
from accounts.operations import priority_register as register
from accounts.operations.priority_register import BadEntry, EntryEnded, NewEntry, OnTheRegister
from accounts.permissions import Forbidden
from accounts.queries.priority_register import entries, state_of
from tests.factories.accounts import PriorityEntryFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture
def customer(account):
    return account.customer


@pytest.fixture
def enter(customer, qiang, now):
    def put(ground="illness", evidence="残疾证 3713", since=TODAY, until=TODAY + 365 * DAY, **more):
        entry = NewEntry(ground=ground, evidence=evidence, since=since, until=until, **more)
        return register.put_on_register(customer=customer, entry=entry, by=qiang.user, at=now)

    return put


def is_first(customer):
    return Customer.objects.get(pk=customer.pk).is_vulnerable


class TestEntry:
    def test_the_flag_follows_at_once(self, enter, customer, now):
        enter()
        assert is_first(customer)
        assert customer.history.filter(is_vulnerable=True, history_date=now).count() == 1

    def test_what_begins_later_changes_nothing_yet(self, enter, customer, now):
        enter(since=TODAY + 3 * DAY)
        assert not is_first(customer)
        assert register.follow_register(by=System("register"), at=now + 3 * DAY) == 1
        assert is_first(customer)

    @pytest.mark.parametrize(("wrong", "field"), [({"evidence": " "}, "evidence"), ({"until": TODAY - DAY}, "until")])
    def test_what_cannot_be_is_refused(self, enter, wrong, field):
        with pytest.raises(BadEntry) as refusal:
            enter(**wrong)
        assert refusal.value.code == field

    def test_one_ground_is_entered_once(self, enter):
        enter()
        with pytest.raises(OnTheRegister):
            enter()
        assert enter(ground="age").ground == "age"

    def test_a_clerk_does_not_keep_it(self, customer, fang, now):
        entry = NewEntry(ground="age", evidence="户口本", since=TODAY)
        with pytest.raises(Forbidden):
            register.put_on_register(customer=customer, entry=entry, by=fang.user, at=now)


class TestChange:
    def test_it_lasts_longer_and_the_history_says_why(self, enter, qiang, now):
        entry = register.extend_entry(entry=enter(), until=None, why="Permanent", by=qiang.user, at=now)
        assert [(row.until, row.why) for row in entry.history.all()] == [(None, "Permanent"), (TODAY + 365 * DAY, "")]
        assert entry.history.first().history_user == qiang.user

    def test_ended_it_holds_no_more_and_stays_to_be_read(self, enter, customer, qiang, now):
        entry = register.end_entry(entry=enter(), why="Moved away", by=qiang.user, at=now)
        assert (is_first(customer), state_of(entry, TODAY)) == (False, "over")
        with pytest.raises(EntryEnded):
            register.extend_entry(entry=entry, until=None, why="No", by=qiang.user, at=now)

    def test_with_another_ground_the_customer_stays_first(self, enter, customer, qiang, now):
        enter(ground="age")
        register.end_entry(entry=enter(), why="Recovered", by=qiang.user, at=now)
        assert is_first(customer)

    @pytest.mark.parametrize("act", [register.end_entry, lambda **given: register.extend_entry(until=None, **given)])
    def test_nothing_changes_without_a_reason(self, enter, qiang, now, act):
        with pytest.raises(BadEntry):
            act(entry=enter(), why=" ", by=qiang.user, at=now)

    def test_what_has_run_out_falls_away_by_itself_once(self, enter, customer, now):
        enter(until=TODAY)
        register.follow_register(by=System("register"), at=now)
        assert is_first(customer)
        done = [register.follow_register(by=System("register"), at=now + DAY) for _ in range(2)]
        assert (done, is_first(customer)) == ([1, 0], False)


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        ({}, "standing"),
        ({"until": None}, "standing"),
        ({"until": TODAY + 30 * DAY}, "soon"),
        ({"until": TODAY}, "soon"),
        ({"until": TODAY - DAY}, "over"),
        ({"since": TODAY + DAY}, "later"),
    ],
)
def test_the_list_and_the_line_say_the_same(entry, state):
    row = PriorityEntryFactory(**{"until": date(2027, 12, 31), **entry})
    assert state_of(row, TODAY) == state
    shown = {wanted for wanted in ("standing", "soon", "later", "over") if row in entries(TODAY, state=wanted)}
    assert shown == ({"standing", "soon"} if state == "soon" else {state})


class TestPages:
    @pytest.fixture
    def keeper(self, client, signed_in, qiang):
        return signed_in(client, qiang)

    def test_somebody_is_put_on_it_and_found_by_name(self, keeper, account, customer):
        sent = {"ground": "equipment", "evidence": "医院证明 12", "since": "2026-11-20", "until": ""}
        page = keeper.post(f"/staff/accounts/{account.number}/register/", sent, follow=True).content.decode()
        assert "医院证明 12" in page
        assert customer.name in keeper.post("/staff/register/", {"sought": customer.name}).content.decode()
        assert customer.name not in keeper.post("/staff/register/", {"sought": "nobody at all"}).content.decode()

    def test_a_name_in_the_address_looks_for_nobody(self, keeper, customer, enter):
        enter()
        assert customer.name in keeper.get("/staff/register/?sought=nobody").content.decode()

    def test_what_is_wrong_keeps_what_was_typed(self, keeper, account):
        sent = {"ground": "age", "evidence": "户口本", "since": "2026-11-20", "until": "2020-01-01"}
        answer = keeper.post(f"/staff/accounts/{account.number}/register/", sent)
        assert (answer.status_code, PriorityEntry.objects.count()) == (422, 0)
        assert "户口本" in answer.content.decode()

    def test_an_entry_is_extended_and_ended(self, keeper, account, enter):
        place = f"/staff/accounts/{account.number}/register/{enter().pk}"
        assert keeper.post(f"{place}/extend/", {"until": "2028-01-01", "why": ""}).status_code == 422
        keeper.post(f"{place}/extend/", {"until": "2028-01-01", "why": "New paper"})
        assert PriorityEntry.objects.get().until == date(2028, 1, 1)
        keeper.post(f"{place}/end/", {"why": "Moved away"})
        assert PriorityEntry.objects.get().ended_at is not None

    def test_anothers_entry_is_not_found(self, keeper, neighbour, enter):
        assert keeper.post(f"/staff/accounts/{neighbour.number}/register/{enter().pk}/end/", {"why": "x"}).status_code == 404

    def test_the_file_holds_codes_only(self, keeper, customer, account, enter):
        entry = enter()
        text = keeper.get("/staff/register/codes.csv").content.decode()
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
        assert rows[1] == [str(entry.pk), "illness", "2026-11-20", "2027-11-20", "standing", "ordinary"]
        assert not any(secret in text for secret in (customer.name, account.number, "3713", account.premises.address))
