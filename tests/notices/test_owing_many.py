"""Thousands of notices are owed at once, each once, the way its reader chose."""

import pytest

import notices.operations
from notices import registry
from notices.letter import Letter
from notices.models import Channel, Message, MessageStatus, Preference
from notices.operations import Notice
from tests.factories.accounts import CustomerFactory, PhoneFactory, StaffFactory

pytestmark = pytest.mark.django_db
EVERY_WAY = (Channel.INBOX, Channel.SMS, Channel.EMAIL, Channel.VOICE, Channel.CABINET)


@pytest.fixture(autouse=True)
def probe(monkeypatch, settings):
    """A letter that goes any way, and says what it was given."""
    settings.VOICE_GATEWAY_URL = settings.VOICE_GATEWAY_KEY = "set"
    monkeypatch.setattr(registry, "letters", lambda: {"probe": Letter("probe", EVERY_WAY, "probe")})
    monkeypatch.setattr("notices.operations.wording._render", lambda letter, name, context: f"{name} {context['promise']}")


def notice(to, key="alarm:1", **changes):
    return Notice(kind="probe", key=key, to=to, context={"promise": "T05"}, **changes)


def ways():
    return sorted(Message.objects.values_list("channel", "address"))


def staff(**user):
    return StaffFactory(**{f"user__{name}": value for name, value in user.items()})


class TestStaff:
    def test_get_a_line_in_the_inbox_and_a_push_to_the_phone(self, now):
        notices.operations.owe_grouped(letters=[notice(staff(phone="+8613800138009"))], group="promises", at=now)
        assert ways() == [("inbox", ""), ("sms", "+8613800138009")]

    def test_the_inbox_is_delivered_at_once_and_the_push_waits_for_its_like(self, now, settings):
        notices.operations.owe_grouped(letters=[notice(staff(phone="+8613800138009"))], group="promises", at=now)
        there, push = Message.objects.get(channel="inbox"), Message.objects.get(channel="sms")
        assert (there.status, there.subject, there.text) == (MessageStatus.SENT, "probe.subject T05", "probe T05")
        assert (push.status, push.subject) == (MessageStatus.OWED, "")
        assert (push.next_attempt_at - now).total_seconds() == settings.DIGEST_SECONDS

    def test_a_safety_letter_waits_for_nobody(self, now):
        notices.operations.owe_grouped(letters=[notice(staff(phone="+8613800138009"), is_safety=True)], group="promises", at=now)
        assert Message.objects.get(channel="sms").next_attempt_at == now

    @pytest.mark.parametrize(("channel", "address"), [("voice", "+8613800138009"), ("email", "w@example.com"), ("sms", "+8613800138009")])
    def test_the_push_goes_the_way_they_chose(self, now, channel, address):
        one = staff(phone="+8613800138009", email="w@example.com")
        Preference.objects.create(staff=one, channel=channel)
        notices.operations.owe_to_staff(kind="probe", key="k", staff=[one], context={"promise": "T05"}, at=now)
        assert ways() == sorted([("inbox", ""), (channel, address)])

    def test_where_nobody_can_be_called_a_call_becomes_a_text_message(self, now, settings):
        settings.VOICE_GATEWAY_URL = ""
        one = staff(phone="+8613800138009")
        Preference.objects.create(staff=one, channel="voice")
        notices.operations.owe_to_staff(kind="probe", key="k", staff=[one], context={"promise": "T05"}, at=now)
        assert ways() == [("inbox", ""), ("sms", "+8613800138009")]

    def test_who_wants_no_push_gets_none(self, now):
        one = staff(phone="+8613800138009")
        Preference.objects.create(staff=one, channel="none")
        notices.operations.owe_to_staff(kind="probe", key="k", staff=[one], context={"promise": "T05"}, at=now)
        assert ways() == [("inbox", "")]


class TestCustomers:
    @pytest.mark.parametrize("channel", ["sms", "voice", "email", "cabinet"])
    def test_get_it_once_the_way_they_chose(self, now, channel):
        customer = CustomerFactory(channel=channel, email="o@example.com")
        PhoneFactory(customer=customer, number="+8613800138007", is_primary=True)
        notices.operations.owe_to_customer(kind="probe", key="k", customer=customer, context={"promise": "T05"}, at=now)
        address = {"email": "o@example.com", "cabinet": ""}.get(channel, "+8613800138007")
        assert ways() == [(channel, address)]

    def test_without_the_address_of_the_chosen_way_another_is_taken(self, now):
        customer = CustomerFactory(channel="email", email="")
        notices.operations.owe_to_customer(kind="probe", key="k", customer=customer, context={"promise": "T05"}, at=now)
        assert ways() == [("cabinet", "")]

    def test_who_cannot_be_reached_by_this_letter_is_left_out(self, now, monkeypatch):
        monkeypatch.setattr(registry, "letters", lambda: {"probe": Letter("probe", (Channel.SMS,), "probe")})
        notices.operations.owe_to_customer(kind="probe", key="k", customer=CustomerFactory(), context={"promise": "T05"}, at=now)
        assert ways() == []

    def test_read_it_in_their_own_language(self, now):
        notices.operations.owe_to_customer(
            kind="probe",
            key="k",
            customer=CustomerFactory(language="ru"),
            context={"promise": "T05"},
            at=now,
            about={"ru": "Авария", "en": "Accident"},
        )
        assert Message.objects.values_list("language", "about").get() == ("ru", "Авария")


class TestMany:
    def test_the_same_cause_and_person_make_one_message(self, now):
        one = staff()
        for _ in range(2):
            notices.operations.owe_grouped(letters=[notice(one), notice(one), notice(one, key="alarm:2")], group="promises", at=now)
        assert sorted(Message.objects.values_list("key", flat=True)) == [f"alarm:1:s{one.pk}", f"alarm:2:s{one.pk}"]

    def test_ten_times_as_many_take_no_statement_more(self, now, django_assert_num_queries):
        people = [staff(phone=f"+86138001380{n:02d}") for n in range(10)]
        customers = [CustomerFactory(channel="cabinet") for _ in range(10)]
        few = [notice(people[0], key="few"), notice(customers[0], key="few")]
        many = [notice(one, key=f"many:{n}") for n in range(10) for one in (*people, *customers)]
        for letters in (few, many):
            fresh = [notice(type(one.to).objects.get(pk=one.to.pk), key=one.key) for one in letters]
            with django_assert_num_queries(4):
                notices.operations.owe_grouped(letters=fresh, group="promises", at=now)
        assert Message.objects.count() == 3 + 10 * 30

    def test_nobody_to_tell_costs_nothing(self, django_assert_num_queries, now):
        with django_assert_num_queries(0):
            notices.operations.owe_grouped(letters=[], group="promises", at=now)

    def test_the_same_words_are_made_once(self, now, monkeypatch):
        made = []
        monkeypatch.setattr("notices.operations.wording._render", lambda letter, name, context: made.append(name) or name)
        letters = [notice(staff(), key=f"k{n}") for n in range(5)]
        shared = [Notice(kind="probe", key=one.key, to=one.to, context=letters[0].context) for one in letters]
        notices.operations.owe_grouped(letters=shared, group="promises", at=now)
        assert made == ["probe.subject", "probe"]
