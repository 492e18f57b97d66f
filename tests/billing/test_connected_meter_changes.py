"""Meters of all kinds follow one another: credit and paid gas move to the new one, once, whoever carried them before."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import GasCard, Meter
from accounts.operations import NewMeter
from billing.bill_refusals import FinalBillMissing
from billing.meter_refusals import CommandNumberNeeded, CommandUnknown
from billing.models import Book, Entry, MeterCommand, TopUp
from billing.operations import ask_reversal, begin_write, change_meter, decide_reversal, finish_card, finish_write, sell
from billing.operations.billing_runs import bill_last_month
from billing.operations.bills import bill_final
from billing.operations.meter_commands import confirm, expire_commands, fetch, queue_recharge
from billing.queries.ledger_proof import prove
from billing.queries.pricing import pricing
from billing.states import CommandStatus, TopUpStatus
from tests.factories.billing import image_of
from tests.factories.bills import ReadingFactory
from tests.factories.meters import connected, paid_online

IOT = NewMeter(kind="iot", serial="NB1", maker="金卡", model="G4-NB", use_until=date(2036, 11, 20))
CARD = NewMeter(kind="volume", serial="N1", maker="金卡", model="G4", use_until=date(2036, 11, 20))


@pytest.fixture
def change(account, fang, now):
    def to(new, residual=0, seen=None):
        return change_meter(account=account, new=new, residual_litres=residual, seen=seen, by=fang.user, at=now)

    return to


def going_out():
    """Kind, litres and meter of each command on its way."""
    rows = MeterCommand.objects.exclude(status=CommandStatus.WITHDRAWN).exclude(status=CommandStatus.CONFIRMED)
    return list(rows.order_by("number").values_list("top_up__kind", "litres", "meter__serial"))


class TestFromACardToAConnectedMeter:
    def test_the_credit_goes_out_by_air_and_the_card_comes_back(self, account, card, change):
        assert change(IOT, 12_000, seen=image_of(card, litres=5_000)) is None
        assert going_out() == [("meter_change", 17_000, "NB1")]
        assert GasCard.objects.get().status == GasCard.Status.RETURNED
        assert TopUp.objects.get().goes_by_air

    def test_what_was_paid_and_never_written_goes_out_too(self, order_of, change, fang, now):
        sold = sell(order=order_of(), by=fang.user, at=now)
        change(IOT)
        assert going_out() == [("purchase", 20_000, "NB1")]
        confirm_all(now)
        sold.refresh_from_db()
        assert (sold.status, sold.card, sold.meter.serial) == (TopUpStatus.WRITTEN, None, "NB1")
        assert [finding.wrong for finding in prove() if finding.wrong] == []

    def test_what_somebody_wants_the_money_back_for_stays_until_that_is_refused(self, order_of, change, fang, qiang, now, settings):
        settings.REVERSAL_NEEDS_APPROVAL_FROM = 1
        sold = sell(order=order_of(), by=fang.user, at=now)
        reversal = ask_reversal(top_up=sold, reason="wrong", by=fang.user, at=now)
        change(IOT)
        assert going_out() == []
        decide_reversal(reversal=reversal, approve=False, by=qiang.user, at=now)
        assert going_out() == [("purchase", 20_000, "NB1")]

    def test_a_new_connected_meter_is_on_the_list_before_it_speaks(self, account, card, change):
        change(IOT)
        assert Meter.objects.get(serial="NB1").connected.heard_at is None


def confirm_all(now):
    meter = Meter.objects.get(removed_at=None)
    for command in fetch(meter=meter, at=now):
        confirm(meter=meter, number=command.number, at=now)


class TestFromAConnectedMeter:
    @pytest.fixture
    def meter(self, account):
        return connected(account)

    @pytest.fixture
    def paid(self, meter, account, fang, now):
        """20 m³ queued for the old meter as its command 1."""
        top_up = paid_online(account, now)
        queue_recharge(top_up=top_up, by=fang.user, at=now)
        return top_up

    def test_what_it_never_fetched_goes_to_the_next_one(self, paid, change, now):
        change(IOT, 3_000)
        assert going_out() == [("purchase", 20_000, "NB1"), ("meter_change", 3_000, "NB1")]
        confirm_all(now)
        assert sum(Entry.objects.filter(book=Book.SALES).values_list("amount", flat=True)) == -5_500

    def test_nobody_guesses_whether_it_took_what_was_sent(self, paid, meter, change, now):
        fetch(meter=meter, at=now)
        with pytest.raises(CommandNumberNeeded, match=paid.reference):
            change(IOT)
        assert Meter.objects.get().removed_at is None

    @pytest.mark.parametrize("is_expired", [False, True])
    @pytest.mark.parametrize(
        ("shown", "status", "waiting", "earned"), [(1, TopUpStatus.WRITTEN, [], -5_500), (0, TopUpStatus.RESERVED, ["NB1"], 0)]
    )
    def test_its_display_tells_whether_it_took_what_was_sent(self, paid, meter, change, now, shown, status, waiting, earned, is_expired):
        fetch(meter=meter, at=now)
        if is_expired:
            expire_commands(at=now + timedelta(days=30))
        change(IOT, seen=shown)
        paid.refresh_from_db()
        assert (paid.status, [serial for _kind, _litres, serial in going_out()]) == (status, waiting)
        assert sum(Entry.objects.filter(book=Book.SALES).values_list("amount", flat=True)) == earned

    def test_a_late_word_of_the_old_meter_gives_the_gas_no_second_time(self, paid, meter, change, now):
        fetch(meter=meter, at=now)
        change(IOT, seen=0)
        with pytest.raises(CommandUnknown):
            confirm(meter=meter, number=1, at=now)

    def test_a_card_takes_over_where_it_stopped(self, paid, account, change, fang, now):
        write = change(CARD, 3_000)
        card = finish_card(write=write, read_back=write.wanted_image, by=fang.user, at=now)
        credit, paid = TopUp.objects.get(kind="meter_change"), TopUp.objects.get(kind="purchase")
        assert (credit.card, paid.card, paid.can_be_written) == (card, card, True)
        written = begin_write(top_up=credit, seen=image_of(card), by=fang.user, at=now)
        finish_write(write=written, read_back=written.wanted_image, by=fang.user, at=now)
        assert GasCard.objects.get().counter == 1

    def test_credit_of_an_earlier_change_that_it_never_took_goes_on_as_one(self, meter, change):
        change(IOT, 3_000)
        change(CARD, 0)
        assert list(TopUp.objects.filter(status=TopUpStatus.PAID).values_list("kind", "litres")) == [("meter_change", 3_000)]


class TestFromAMeterThatIsRead:
    @pytest.fixture
    def read(self, tariff):
        """An account whose meter was read for the first time in September, and again yesterday."""
        first = ReadingFactory()
        ReadingFactory(meter=first.meter, day=date(2026, 11, 19), litres=151_000)
        return first.meter.account

    def test_waits_until_it_is_billed_to_its_end(self, read, fang, now):
        with pytest.raises(FinalBillMissing):
            change_meter(account=read, new=IOT, residual_litres=0, by=fang.user, at=now)
        assert Meter.objects.get(account=read).removed_at is None

    def test_moves_no_credit_and_is_billed_no_more(self, read, fang, now):
        bill_final(account=read, by=fang.user, at=now)
        change_meter(account=read, new=IOT, residual_litres=9_000, by=fang.user, at=now)
        assert not TopUp.objects.exists()
        assert bill_last_month(at=now.replace(month=12, day=5)).made == 0
        assert pricing(read, date(2026, 12, 5)).position_litres == 51_000

    def test_its_page_says_what_comes_first(self, read, fang, now, shift, client, signed_in):
        page, clerk = reverse("desk:meter_change", args=[read.number]), signed_in(client, fang)
        plate = {"kind": "iot", "serial": "NB1", "maker": "金卡", "model": "G4", "use_until": "2036-01-01"}
        assert "Make the final bill" in clerk.get(page).text
        assert "The final bill is not made yet" in clerk.post(page, plate).text
        bill_final(account=read, by=fang.user, at=now)
        assert clerk.post(page, plate).status_code == 302
        assert Meter.objects.get(account=read, removed_at=None).serial == "NB1"
