"""Everybody who locks several rows takes them in the order of docs/decisions/0014, so that nobody waits in a circle."""

import functools
import re
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import GasCard
from billing.models import CardWrite
from billing.operations import begin_write, finish_write, read_card, replace_card, sell
from tests.billing.test_races import at_once, fresh, loaded
from tests.factories.billing import image_of

ORDER = [
    "accounts_hall",
    "accounts_account",
    "accounts_gascard",
    "billing_shift",
    "billing_cardwrite",
    "billing_topup",
    "casework_timeline",
]


def locked_in(statement):
    """The tables whose rows a statement locks, in its order."""
    updated = re.findall(r'^UPDATE "(\w+)"', statement)
    if "FOR NO KEY UPDATE" not in statement:
        return updated
    before, after = statement.split("FOR NO KEY UPDATE", 1)
    named = re.match(r' OF ("\w+"(?:, "\w+")*)', after)
    return [*(re.findall(r'"(\w+)"', named[1]) if named else re.findall(r'FROM "(\w+)"', before)[-1:]), *updated]


@pytest.fixture
def order_of_locks():
    """Run something; the tables in the order in which their rows were locked first."""

    def look(act):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            act()
        tables = [table for query in seen.captured_queries for table in locked_in(query["sql"])]
        return [table for table in dict.fromkeys(tables) if table in ORDER]

    return look


def in_order(tables):
    return tables == sorted(tables, key=ORDER.index)


@pytest.mark.django_db(transaction=True)
class TestOrder:
    @pytest.fixture(autouse=True)
    def on_postgres(self):
        if connection.vendor != "postgresql":
            pytest.skip("only PostgreSQL locks rows")

    def test_a_sale_takes_account_card_and_till(self, order_of_locks, order_of, fang, now):
        tables = order_of_locks(lambda: sell(order=order_of(), by=fang.user, at=now))
        assert tables[:3] == ["accounts_account", "accounts_gascard", "billing_shift"]
        assert in_order(tables)

    def test_the_end_of_a_write_takes_the_card_first(self, order_of_locks, order_of, card, fang, now):
        sold = sell(order=order_of(), by=fang.user, at=now)
        write = begin_write(top_up=fresh(sold), seen=image_of(card), by=fang.user, at=now)
        tables = order_of_locks(lambda: finish_write(write=loaded(write), read_back=write.wanted_image, by=fang.user, at=now))
        assert tables[:3] == ["accounts_gascard", "billing_cardwrite", "billing_topup"]
        assert in_order(tables)

    def test_a_replacement_takes_account_and_card_before_their_orders(self, order_of_locks, order_of, card, fang, now):
        sold = sell(order=order_of(), by=fang.user, at=now)
        begin_write(top_up=fresh(sold), seen=image_of(card), by=fang.user, at=now)
        replacing = {"card": fresh(card), "reason": "broken", "meter_counter": 0, "by": fang.user, "at": now}
        tables = order_of_locks(lambda: replace_card(**replacing))
        assert tables[:2] == ["accounts_account", "accounts_gascard"]
        assert in_order(tables)

    def test_whoever_waits_for_a_card_does_not_hold_its_write(self, order_of, card, fang, now):
        """The card's lock hides in the statement that notes the end of a write: here it is seen to come first."""
        sold = sell(order=order_of(), by=fang.user, at=now)
        write = begin_write(top_up=fresh(sold), seen=image_of(card), by=fang.user, at=now)
        ending = threading.Thread(target=end, args=(write, fang.user, now))
        with transaction.atomic():
            GasCard.objects.select_for_update(no_key=True).get(pk=card.pk)
            ending.start()
            ending.join(0.5)
            assert ending.is_alive()
            assert CardWrite.objects.select_for_update(no_key=True, nowait=True).get(pk=write.pk).outcome == ""
        ending.join(10)
        assert fresh(write).outcome == CardWrite.Outcome.WRITTEN

    def test_writing_reading_and_replacing_at_once_never_wait_in_a_circle(self, order_of, card, fang, now):
        """Each of them may be refused by another; none is thrown out by the database."""
        sold, present = sell(order=order_of(), by=fang.user, at=now), card
        for _ in range(8):
            seen, by = image_of(present), {"by": fang.user, "at": now}
            results = at_once(
                functools.partial(begin_write, top_up=fresh(sold), seen=seen, **by),
                functools.partial(replace_card, card=fresh(present), reason="broken", meter_counter=0, **by),
                functools.partial(read_card, seen=seen, **by),
            )
            assert not [result for result in results if isinstance(result, DatabaseError)]
            present = card.account.cards.get(status="active")


def end(write, by, at):
    try:
        finish_write(write=loaded(write), read_back=write.wanted_image, by=by, at=at)
    finally:
        connection.close()
