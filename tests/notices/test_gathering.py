"""A storm is one message per person; nights are quiet; budgets hold; safety waits for nobody."""

from datetime import UTC, datetime, time, timedelta

import pytest

import notices.operations
from notices.models import Message, MessageStatus, Preference
from notices.operations import Notice
from tests.factories.accounts import CustomerFactory, DutyFactory, PhoneFactory, StaffFactory
from tests.factories.notices import MessageFactory

pytestmark = pytest.mark.django_db
#: Friday 23:00 in Shanghai, and the next morning at eight.
NIGHT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)


@pytest.fixture
def wang(gateway):
    """Somebody with a phone, and a gateway that works."""
    return StaffFactory(user__phone="+8613800138009", user__language="en")


def owe(person, count=1, *, at, **changes):
    letters = [
        Notice(kind="alarm", key=f"{at:%H%M%S}:{number}", to=person, context={}, **{"about": f"T0{number % 2}", **changes})
        for number in range(count)
    ]
    notices.operations.owe_grouped(letters=letters, group="promises", at=at)


@pytest.fixture(autouse=True)
def alarm(monkeypatch):
    """A letter like those of promises."""
    from notices import registry
    from notices.letter import Letter

    letter = Letter("probe", ("inbox", "sms", "email"), "promise due")
    known = registry.letters()
    monkeypatch.setattr(registry, "letters", lambda: {**known, "alarm": letter})
    real = notices.operations.wording._render
    words = "notices.operations.wording._render"
    monkeypatch.setattr(words, lambda one, name, context: "Due." if one is letter else real(one, name, context))


def deliver(at):
    while notices.operations.deliver(at):
        pass


def sent(gateway):
    return [taken.text for taken in gateway.messages]


class TestStorm:
    def test_five_hundred_alarms_are_one_message(self, wang, gateway, now):
        owe(wang, 500, at=now)
        deliver(now)
        assert sent(gateway) == []
        deliver(now + timedelta(seconds=30))
        assert len(sent(gateway)) == 1

    def test_it_counts_by_promise_and_leads_to_the_inbox(self, wang, gateway, now, settings):
        owe(wang, 499, at=now)
        deliver(now + timedelta(seconds=30))
        lines = sent(gateway)[0].splitlines()
        assert "499 new messages" in lines[0]
        assert lines[1:3] == ["250 × promise due: T00", "249 × promise due: T01"]
        assert lines[-1] == f"{settings.SITE_URL}/staff/notifications/"

    def test_only_the_most_frequent_are_listed(self, wang, gateway, now):
        for number in range(9):
            owe(wang, number + 1, at=now + timedelta(seconds=number), about=f"T{number}")
        deliver(now + timedelta(seconds=30))
        assert [line.split(" ")[0] for line in sent(gateway)[0].splitlines()[1:7]] == ["9", "8", "7", "6", "5", "4"]
        assert "and 6 others" in sent(gateway)[0]

    def test_every_alarm_keeps_its_row_and_names_its_digest(self, wang, now):
        owe(wang, 20, at=now)
        deliver(now + timedelta(seconds=30))
        digest = Message.objects.get(kind="digest")
        assert Message.objects.filter(digest=digest, status=MessageStatus.GATHERED).count() == 20
        assert digest.status == MessageStatus.SENT

    def test_one_alarm_alone_goes_out_in_its_own_words(self, wang, gateway, now):
        owe(wang, at=now)
        deliver(now + timedelta(seconds=30))
        assert sent(gateway) == ["Due."]

    def test_each_person_gets_their_own(self, wang, gateway, now):
        li = StaffFactory(user__phone="+8613800138010")
        owe(wang, 20, at=now)
        owe(li, 30, at=now + timedelta(seconds=1))
        deliver(now + timedelta(seconds=40))
        assert sorted(taken.to for taken in gateway.messages) == ["+8613800138009", "+8613800138010"]

    def test_in_the_readers_language(self, wang, gateway, now):
        wang.user.language = "ru"
        wang.user.save()
        owe(wang, 3, at=now)
        deliver(now + timedelta(seconds=30))
        assert gateway.messages[0].language == "ru"

    def test_a_digest_whose_reply_was_lost_goes_out_again_under_its_key_as_it_was(self, wang, gateway, now):
        owe(wang, 20, at=now)
        gateway.lose = 1
        deliver(now + timedelta(seconds=30))
        owe(wang, 5, at=now + timedelta(seconds=31))
        deliver(now + timedelta(seconds=50))
        digest = Message.objects.get(kind="digest")
        assert (len(gateway.messages), digest.status, digest.attempts) == (1, MessageStatus.SENT, 2)

    def test_a_customer_is_spared_too(self, gateway, now):
        customer = CustomerFactory(language="en")
        PhoneFactory(customer=customer, number="+8613800138007", is_primary=True)
        owe(customer, 4, at=now)
        deliver(now + timedelta(seconds=30))
        assert len(gateway.messages) == 1
        assert "/cabinet/messages/" in sent(gateway)[0]


class TestSafety:
    def test_it_goes_out_at_once_and_together(self, wang, gateway, now):
        owe(wang, 50, at=now, is_safety=True)
        deliver(now)
        assert len(sent(gateway)) == 1
        assert "50 safety alarms" in sent(gateway)[0]

    def test_a_second_storm_takes_a_breath(self, wang, gateway, now):
        owe(wang, at=now, is_safety=True)
        deliver(now)
        owe(wang, 3, at=now + timedelta(seconds=1), is_safety=True)
        deliver(now + timedelta(seconds=1))
        assert len(sent(gateway)) == 1
        deliver(now + timedelta(seconds=12))
        assert "3 safety alarms" in sent(gateway)[0]

    def test_it_goes_before_what_waited_longer(self, wang, gateway, now):
        MessageFactory(created_at=now, next_attempt_at=now - timedelta(hours=1), text="ordinary", kind="receipt")
        owe(wang, at=now, is_safety=True)
        notices.operations.deliver(now, limit=1)
        assert sent(gateway) == ["Due."]

    def test_it_knows_no_night_and_no_budget(self, wang, gateway, settings):
        settings.MESSAGES_PER_HOUR = 1
        for minute in range(3):
            at = NIGHT + timedelta(minutes=minute)
            owe(wang, at=at, is_safety=True)
            deliver(at)
        assert len(sent(gateway)) == 3


class TestNight:
    def test_others_wait_until_the_morning(self, wang, gateway):
        owe(wang, 3, at=NIGHT)
        for hour in range(9):
            deliver(NIGHT + timedelta(hours=hour, minutes=1))
            assert sent(gateway) == []
        assert Message.objects.filter(channel="sms").values_list("next_attempt_at", flat=True).distinct().get() == MORNING
        deliver(MORNING)
        assert "3 new messages" in sent(gateway)[0]

    def test_waiting_costs_no_try(self, wang, gateway):
        owe(wang, at=NIGHT)
        deliver(NIGHT + timedelta(minutes=1))
        assert Message.objects.get(channel="sms").attempts == 0

    def test_codes_come_at_any_hour(self, gateway):
        MessageFactory(kind="sign_in_code", text="123456")
        deliver(NIGHT)
        assert sent(gateway) == ["123456"]

    def test_a_letter_nobody_asked_for_just_now_waits(self, gateway):
        MessageFactory(kind="receipt", text="Receipt")
        deliver(NIGHT)
        assert sent(gateway) == []
        deliver(MORNING)
        assert sent(gateway) == ["Receipt"]

    def test_e_mail_disturbs_nobody(self, gateway):
        MessageFactory(kind="receipt", channel="email", address="olive@example.com", subject="Receipt")
        deliver(NIGHT)
        assert Message.objects.get().status == MessageStatus.SENT

    def test_who_is_on_duty_is_awake(self, wang, gateway):
        DutyFactory(staff=wang, starts_at=NIGHT - timedelta(hours=1), ends_at=NIGHT + timedelta(hours=7))
        owe(wang, at=NIGHT)
        deliver(NIGHT + timedelta(minutes=1))
        assert sent(gateway) == ["Due."]

    @pytest.mark.parametrize(
        ("wishes", "is_quiet"),
        [
            ({"zone": "Europe/London"}, False),
            ({"zone": "Asia/Vladivostok"}, True),
            ({"quiet_from": time(1), "quiet_until": time(5)}, False),
            ({"zone": "No/Such"}, False),
        ],
    )
    def test_the_readers_own_clock_and_wishes_count(self, wang, gateway, wishes, is_quiet):
        """A zone that nobody knows (any more) must not keep a message back for ever."""
        Preference.objects.create(staff=wang, **wishes)
        owe(wang, at=NIGHT)
        deliver(NIGHT + timedelta(minutes=1))
        assert (sent(gateway) == []) is is_quiet

    def test_the_house_may_have_none(self, wang, gateway, settings):
        settings.QUIET_HOURS = (time(0), time(0))
        owe(wang, at=NIGHT)
        deliver(NIGHT + timedelta(minutes=1))
        assert sent(gateway) == ["Due."]


class TestBudget:
    @pytest.fixture(autouse=True)
    def two_an_hour(self, settings):
        settings.MESSAGES_PER_HOUR = 2

    def spread(self, wang, now, count):
        """One alarm every two minutes, delivered as it falls due."""
        for number in range(count):
            at = now + timedelta(minutes=2 * number)
            owe(wang, at=at)
            deliver(at + timedelta(minutes=1))

    def test_what_is_over_waits_and_comes_as_a_digest(self, wang, gateway, now):
        self.spread(wang, now, 10)
        assert sent(gateway) == ["Due.", "Due."]
        deliver(now + timedelta(minutes=61))
        assert "8 new messages" in sent(gateway)[0]

    def test_a_persons_own_budget_goes_before_the_houses(self, wang, gateway, now):
        Preference.objects.create(staff=wang, budget=5)
        self.spread(wang, now, 10)
        assert len(sent(gateway)) == 5

    def test_it_does_not_count_letters_of_their_own(self, wang, gateway, now):
        for _ in range(5):
            MessageFactory(kind="receipt", staff=wang)
        deliver(now)
        assert len(sent(gateway)) == 5


def test_one_bad_row_does_not_hold_up_the_others(wang, gateway, now, monkeypatch):
    monkeypatch.setattr("notices.operations.gathering.put_off", lambda message, at: 1 / 0)
    owe(wang, at=now)
    MessageFactory()
    deliver(now + timedelta(seconds=30))
    assert len(sent(gateway)) == 2
