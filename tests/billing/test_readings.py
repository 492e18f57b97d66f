"""Readings from every door: believed, doubted, replaced; and what a text message may say."""

from datetime import UTC, date, datetime

import pytest

from accounts.permissions import Forbidden
from billing.bill_refusals import BadReading, NoMeterToRead, NotDoubtful
from billing.models import Reading
from billing.operations.reading_reminders import ask_for_readings
from billing.operations.readings import NewReading, confirm_reading, reject_reading, take_reading
from billing.operations.text_messages import Heard, hear_text
from billing.reading_texts import Unreadable, understand
from notices.models import Message
from tests.factories.accounts import BindingFactory, PhoneFactory
from tests.factories.bills import ReadingFactory

TODAY = date(2026, 11, 20)


@pytest.fixture
def meter(tariff):
    """Read on 22 September at 100 m³ and on 22 October at 130."""
    first = ReadingFactory()
    ReadingFactory(meter=first.meter, day=date(2026, 10, 22), litres=130_000)
    return first.meter


@pytest.fixture
def send(meter, fang, now):
    def _send(cubic_metres, *, day=TODAY, source="cabinet", **more):
        new = NewReading(account=meter.account, litres=cubic_metres * 1000, day=day, source=Reading.Source(source), **more)
        return take_reading(new=new, by=fang.user, at=now)

    return _send


class TestTakeReading:
    def test_a_plausible_one_is_believed_and_the_same_again_is_the_same(self, send):
        assert send(158).standing == "accepted"
        assert send(158) == send(158)

    def test_a_doubtful_one_waits_and_the_believed_one_stands(self, send):
        first, second = send(158), send(120)
        assert (second.standing, second.doubt) == ("doubtful", "below_last")
        first.refresh_from_db()
        assert first.superseded_by is None

    def test_a_household_puts_its_own_reading_right_until_it_is_billed(self, send):
        wrong, right = send(190, day=date(2026, 11, 19)), send(158)
        wrong.refresh_from_db()
        assert (wrong.superseded_by, right.standing) == (right, "accepted")

    def test_staff_read_on_any_day(self, send):
        assert send(140, day=date(2026, 11, 5)).doubt == "outside_window"
        assert send(141, day=date(2026, 11, 6), source="hotline").standing == "accepted"

    @pytest.mark.parametrize(
        ("change", "rule"),
        [
            ({"day": date(2026, 11, 21)}, "future"),
            ({"day": date(2026, 10, 19)}, "too_old"),
            ({"cubic_metres": 100_000}, "too_large"),
        ],
    )
    def test_what_cannot_be_a_reading_is_refused(self, send, change, rule):
        with pytest.raises(BadReading) as refusal:
            send(**{"cubic_metres": 158, **change})
        assert refusal.value.rule == rule

    def test_a_card_meter_is_not_read(self, account, fang, now):
        with pytest.raises(NoMeterToRead):
            take_reading(new=NewReading(account=account, litres=1, day=TODAY, source=Reading.Source.HALL), by=fang.user, at=now)


class TestJudge:
    def test_whoever_looked_confirms_and_it_takes_its_place(self, send, fang, now):
        first, doubtful = send(158), send(131 + 300)
        assert confirm_reading(reading=doubtful, by=fang.user, at=now).standing == "accepted"
        first.refresh_from_db()
        assert first.superseded_by == doubtful
        with pytest.raises(NotDoubtful):
            reject_reading(reading=doubtful, by=fang.user, at=now)

    def test_a_rejected_one_asks_the_household_for_another(self, send, meter, fang, mei, now):
        PhoneFactory(customer=meter.account.customer)
        doubtful = send(120)
        with pytest.raises(Forbidden):
            reject_reading(reading=doubtful, by=mei.user, at=now)
        reject_reading(reading=doubtful, by=fang.user, at=now)
        assert Message.objects.get().kind == "reading_rejected"


@pytest.mark.parametrize(
    ("text", "account", "litres"),
    [
        ("3713240010 345", "3713240010", 345_000),
        ("３７１３２４００１０　３４５", "3713240010", 345_000),
        ("л/с 3713240010, показания 00345,6 м3", "3713240010", 345_600),
        ("3713240010#345", "3713240010", 345_000),
        ("3713240010 0", "3713240010", 0),
    ],
)
def test_a_text_is_understood(text, account, litres):
    assert vars(understand(text)) == {"account": account, "litres": litres}


@pytest.mark.parametrize("text", ["", "345", "3713240010", "3713240010 345 346", "3713240010 3713240028 1", "3713240010 1,000"])
def test_what_could_mean_two_things_is_not_guessed(text):
    with pytest.raises(Unreadable):
        understand(text)


class TestHearText:
    @pytest.fixture
    def phone(self, meter):
        return str(PhoneFactory(customer=meter.account.customer).number)

    def hear(self, phone, text, now, number="m1"):
        return hear_text(heard=Heard(number, phone, text), at=now)

    def test_a_known_phone_is_believed_and_answered_once(self, meter, phone, now):
        for _ in range(2):
            reading = self.hear(phone, f"{meter.account.number} 158", now)
        assert (reading.standing, reading.source, Reading.objects.count()) == ("accepted", "sms", 3)
        assert [(message.kind, message.address) for message in Message.objects.all()] == [("reading_taken", phone)]

    def test_with_one_account_the_reading_is_enough(self, meter, phone, now):
        assert self.hear(phone, "158", now).litres == 158_000

    def test_a_stranger_is_not_believed_and_learns_nothing(self, meter, now):
        reading = self.hear("+8613900139000", f"{meter.account.number} 158", now)
        nobody = self.hear("+8613900139000", "1000000008 158", now, number="m2")
        assert (reading.standing, reading.doubt, nobody) == ("doubtful", "stranger", None)
        told = {message.text.replace(meter.account.number, "…").replace("1000000008", "…") for message in Message.objects.all()}
        assert len(told) == 1

    def test_what_a_stranger_guessed_right_does_not_hold_up_the_household(self, meter, phone, now):
        self.hear("+8613900139000", f"{meter.account.number} 158", now)
        assert self.hear(phone, "158", now, number="m2").standing == "accepted"

    def test_who_only_pays_and_proved_the_phone_is_known(self, meter, now):
        user = BindingFactory(account=meter.account, role="payer").user
        user.phone, user.is_phone_verified = "+8613900139000", True
        user.save()
        assert self.hear("+8613900139000", "158", now).standing == "accepted"

    def test_a_doubt_is_told_to_the_household(self, meter, phone, now):
        self.hear(phone, "120", now)
        assert Message.objects.get().kind == "reading_doubtful"
        assert self.hear(phone, "what?", now, number="m2") is None


def test_households_are_asked_once_in_the_days_of_readings(meter, now):
    PhoneFactory(customer=meter.account.customer)
    assert ask_for_readings(at=datetime(2026, 11, 19, 2, 0, tzinfo=UTC)) == 0
    assert [ask_for_readings(at=now), ask_for_readings(at=now), Message.objects.count()] == [1, 1, 1]
    ReadingFactory(meter=meter, day=TODAY, litres=158_000)
    assert ask_for_readings(at=now) == 0
