"""What we announce by ourselves: approved where it reaches many, VIP first, each owed once, called off at any moment."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Account
from accounts.permissions import Forbidden
from accounts.roles import Role
from casework.operations import WrongMove
from notices import audiences, channels
from notices.audiences import Audience
from notices.models import Announcement, Channel, FollowedPlace, Message, MessageStatus
from notices.operations import announcement_sending, announcements, deliver, deliver_crowd, refusing
from notices.operations.announcement_refusals import BadAnnouncement
from notices.operations.announcements import Words
from notices.queries.announcement_reach import Wanted, reach_of
from notices.queries.announcements import progress_of, public_announcements, turns_of
from notices.way_out import WAYS, Reader
from sla.models import Clock
from tests.conftest import NOW
from tests.factories import accounts as people
from tests.factories.announcements import announced, draft
from tests.factories.notices import MessageFactory

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATER = NOW + timedelta(hours=3)


@pytest.fixture
def xia(db):
    """A hotline agent."""
    return people.StaffFactory(name="Xia", roles=[Role.HOTLINE_AGENT])


@pytest.fixture
def boss(db):
    return people.StaffFactory(name="Boss", roles=[Role.SUPERVISOR])


@pytest.fixture
def sent(monkeypatch, settings):
    """A gateway that takes every text message, and what it took: key and text."""
    settings.SMS_GATEWAY_URL = settings.SMS_GATEWAY_KEY = settings.VOICE_GATEWAY_URL = settings.VOICE_GATEWAY_KEY = "set"
    taken = []
    for way in (Channel.SMS, Channel.VOICE, Channel.EMAIL):
        monkeypatch.setitem(channels._CARRIERS, way, lambda message: taken.append((message.key, message.text)) or "id")
    return taken


def home(phone="+8613800138000", **customer):
    """A customer with a phone and a living account; its customer."""
    language = customer.pop("language", "en")
    named = {f"customer__{name}": value for name, value in customer.items()}
    account = people.AccountFactory(customer__channel="sms", customer__language=language, **named)
    if phone:
        people.PhoneFactory(customer=account.customer, number=phone)
    return account.customer


def go_out(announcement, at):
    """Released and sent, as the job and the senders do it; how many were tried."""
    announcement_sending.release_due(at=at)
    return deliver_crowd(at, announcement=announcement.pk, limit=100)


def verbs(announcement):
    return list(announcement.timeline.events.order_by("seq").values_list("verb", flat=True))


class TestSchedule:
    def test_few_are_told_by_one_person_alone_and_the_clock_runs_to_the_hour(self, book, xia):
        home()
        found = announced(xia, publish_at=LATER)
        assert (found.status, found.expected, found.publish_at) == ("scheduled", 1, LATER)
        clock = Clock.objects.get(timeline=found.timeline)
        assert (clock.promise.key, clock.due_at) == ("T32", LATER)

    def test_the_promise_is_kept_as_the_messages_stand_ready_at_their_hour(self, book, xia):
        home()
        found = announced(xia, publish_at=LATER)
        announcement_sending.release_due(at=LATER - 5 * MINUTE)
        assert Clock.objects.get(timeline=found.timeline).status == "stopped"

    def test_moved_to_another_hour_the_old_promise_is_withdrawn(self, book, xia):
        home()
        found = announced(xia, publish_at=LATER)
        announcements.move_hour(announcement=found, publish_at=LATER + MINUTE, by=xia.user, at=NOW)
        states = Clock.objects.filter(timeline=found.timeline).order_by("pk").values_list("status", "due_at")
        assert list(states) == [("withdrawn", LATER), ("running", LATER + MINUTE)]

    def test_many_are_told_only_when_somebody_else_has_approved(self, xia, boss, settings):
        settings.ANNOUNCE_ALONE_BELOW = 1
        home()
        found = announced(xia)
        assert found.status == "offered"
        with pytest.raises(Forbidden):
            announcements.approve(announcement=found, by=xia.user, at=NOW)
        announcements.approve(announcement=found, by=boss.user, at=NOW)
        assert (found.status, found.approved_by) == ("scheduled", boss)

    def test_nobody_approves_their_own(self, boss, settings):
        settings.ANNOUNCE_ALONE_BELOW = 1
        home()
        with pytest.raises(Forbidden):
            announcements.approve(announcement=announced(boss), by=boss.user, at=NOW)

    def test_sent_back_it_says_why(self, xia, boss, settings):
        settings.ANNOUNCE_ALONE_BELOW = 1
        home()
        found = announcements.send_back(announcement=announced(xia), reason="Which hall?", by=boss.user, at=NOW)
        assert (found.status, found.said) == ("draft", "Which hall?")

    def test_what_is_for_safety_is_approved_however_few_hear_it(self, xia):
        home()
        assert announced(xia, is_safety=True).status == "offered"

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"texts": {"en": Words("", "")}}, "texts"),
            ({"texts": {"zh-hans": Words("新", "新")}}, "texts"),
            ({"texts": {"en": Words("Debt", "You owe {amount}.")}}, "texts"),
            ({"kind": "payment"}, "condition"),
            ({"condition": "nobody.knows"}, "condition"),
        ],
    )
    def test_what_cannot_be_said_is_refused(self, xia, changes, code):
        with pytest.raises(BadAnnouncement) as refusal:
            announcements.write_announcement(draft=draft(**changes), by=xia.user, at=NOW)
        assert refusal.value.code == code

    def test_to_nobody_and_in_the_past_nothing_is_scheduled(self, xia):
        written = announcements.write_announcement(draft=draft(), by=xia.user, at=NOW)
        with pytest.raises(BadAnnouncement, match="Nobody"):
            announcements.schedule(announcement=written, publish_at=None, by=xia.user, at=NOW)
        home()
        with pytest.raises(BadAnnouncement, match="passed"):
            announcements.schedule(announcement=written, publish_at=NOW - MINUTE, by=xia.user, at=NOW)


class TestReach:
    def test_each_filter_narrows(self):
        vip, _other = home(segment="vip", phone="+8613800138001"), home(phone="+8613800138002")
        place = vip.accounts.get().premises.territory
        told = [reach_of(wanted, at=NOW).customers for wanted in (Wanted(), Wanted(segments=["vip"]), Wanted(paths=[place.path]))]
        assert told == [2, 1, 1]

    def test_a_closed_account_is_told_nothing(self):
        customer = home()
        customer.accounts.update(status="closed", closed_at=NOW)
        assert reach_of(Wanted(), at=NOW).customers == 0

    def test_the_way_is_the_chosen_one_else_one_that_can_be_gone(self):
        home(phone="", email="o@example.com"), home(phone="+8613800138001"), home(phone="")
        assert dict(reach_of(Wanted(), at=NOW).ways) == {"email": 1, "sms": 1, "cabinet": 1}

    def test_whom_no_allowed_way_reaches_is_counted(self):
        home(phone=""), home()
        found = reach_of(Wanted(ways=["sms"]), at=NOW)
        assert (found.customers, found.unreachable) == (1, 1)

    def test_who_wants_no_announcements_gets_none_but_what_is_bidden(self):
        refusing.stop(reader=Reader(home().pk), topic="news", ways=WAYS, means="cabinet", at=NOW)
        assert [reach_of(Wanted(is_bidden=bidden), at=NOW).customers for bidden in (False, True)] == [0, 1]

    def test_who_follows_a_place_hears_of_it_too(self):
        there, elsewhere = home(phone="+8613800138001"), home(phone="+8613800138002")
        place = there.accounts.get().premises.territory
        FollowedPlace.objects.create(customer=elsewhere, territory=place, since=NOW)
        assert reach_of(Wanted(paths=[place.path]), at=NOW).customers == 2


class TestSending:
    def test_each_is_owed_once_without_words_and_vip_customers_first(self, xia):
        ordinary, vip = home(phone="+8613800138001"), home(segment="vip", phone="+8613800138002")
        found = announced(xia)
        announcement_sending.release_due(at=found.vip_at)
        rows = list(Message.objects.order_by("pk").values_list("customer", "text", "next_attempt_at"))
        assert rows == [(vip.pk, "", found.vip_at), (ordinary.pk, "", found.publish_at)]
        assert found.publish_at - found.vip_at == 5 * MINUTE

    def test_the_words_are_made_as_it_goes_in_the_reader_s_language(self, xia, sent, settings):
        home(language="zh-hans"), home(language="ru", phone="+8613800138002")
        found = announced(xia)
        assert go_out(found, found.publish_at) == 2
        company = settings.COMPANY["name"]
        assert [text.splitlines()[0] for _key, text in sent] == [f"{company}: 营业厅八点开门。", f"{company}: The hall opens at 8."]

    def test_the_order_is_shown_and_in_the_end_it_is_sent(self, xia, sent):
        home(segment="vip"), home(phone="+8613800138002")
        found = announced(xia)
        go_out(found, found.vip_at)
        go_out(found, found.publish_at)
        announcement_sending.finish_sent(at=found.publish_at)
        found.refresh_from_db()
        first, others = turns_of(found)
        assert (found.status, first.last_at, others.first_at) == ("sent", found.vip_at, found.publish_at)

    def test_owing_takes_as_many_statements_for_a_crowd_as_for_one(self, xia):
        counts = []
        for crowd in (range(1), range(1, 20)):
            for number in crowd:
                home(phone=f"+86138001381{number:02d}", segment="vip" if number % 2 else "ordinary")
            row = announced(xia)
            with CaptureQueriesContext(connection) as seen:
                announcement_sending.release_due(at=row.vip_at)
            counts.append((len(seen), sum("notices_message" in one["sql"] and "INSERT" in one["sql"] for one in seen.captured_queries)))
        assert counts[0] == counts[1]
        assert counts[1][1] == 2
        assert Message.objects.count() == 21

    def test_owing_again_writes_nothing(self, xia):
        home()
        found = announced(xia)
        announcement_sending.release_due(at=found.vip_at)
        Announcement.objects.update(status="scheduled")
        announcement_sending.release_due(at=found.vip_at)
        assert Message.objects.count() == 1

    def test_a_repeat_says_the_same_under_the_same_key(self, xia, sent, monkeypatch):
        customer, tries = home(), []

        def fail_once(message):
            tries.append((message.key, message.text))
            if len(tries) == 1:
                raise channels.Unanswered
            return "id"

        monkeypatch.setitem(channels._CARRIERS, Channel.SMS, fail_once)
        found = announced(xia)
        go_out(found, found.publish_at)
        found.texts.update(text="Something else.")
        go_out(found, found.publish_at + timedelta(hours=1))
        assert len(tries) == 2
        assert tries[0] == tries[1]
        assert tries[0][0] == f"announcement:{found.pk}:c{customer.pk}"

    def test_at_night_text_messages_wait_for_the_morning(self, xia, sent):
        home(segment="vip"), home(phone="", email="o@example.com")
        night = NOW.replace(hour=15)  # 23:00 in Shanghai
        found = announced(xia, at=NOW, publish_at=night)
        go_out(found, night)
        assert list(Message.objects.filter(status=MessageStatus.OWED).values_list("channel", flat=True)) == ["sms"]
        assert Message.objects.get(channel="sms").next_attempt_at == NOW.replace(hour=0) + timedelta(days=1)

    def test_into_the_cabinet_it_is_laid_with_its_words(self, xia):
        home(phone="")
        found = announced(xia)
        go_out(found, found.publish_at)
        assert Message.objects.get().text.endswith("The hall opens at 8.")
        assert progress_of(found).sent == 1

    def test_a_sign_in_code_does_not_wait_behind_it(self, xia, sent):
        home()
        announced(xia)
        announcement_sending.release_due(at=NOW)
        MessageFactory(key="code", text="4711", created_at=LATER, next_attempt_at=LATER)
        assert deliver(LATER) == 1
        assert sent == [("code", "4711")]

    def test_one_sender_holds_it_at_a_time(self, xia, sent):
        home()
        found = announced(xia)
        announcement_sending.release_due(at=found.vip_at)
        at = found.publish_at
        assert [announcement_sending.take_one(at=at), announcement_sending.take_one(at=at)] == [found.pk, None]
        announcement_sending.let_go(announcement=found.pk)
        assert announcement_sending.take_one(at=at) == found.pk


class TestCallingOff:
    def test_mid_way_nothing_more_goes_from_that_moment(self, xia, sent):
        home(), home(phone="+8613800138002"), home(phone="+8613800138003")
        found = announced(xia)
        announcement_sending.release_due(at=found.publish_at)
        deliver_crowd(found.publish_at, announcement=found.pk, limit=1)
        found.refresh_from_db()
        announcements.call_off(announcement=found, reason="Wrong day", by=xia.user, at=found.publish_at)
        deliver_crowd(found.publish_at, announcement=found.pk, limit=1)  # a sender that had not heard of it
        assert (len(sent), announcement_sending.clear(announcement=found.pk)) == (1, 1)
        assert progress_of(found).lost == {"CalledOff": 2}

    def test_before_its_hour_nobody_is_told_and_the_promise_is_withdrawn(self, book, xia):
        home()
        found = announced(xia, publish_at=LATER)
        announcements.call_off(announcement=found, reason="Wrong day", by=xia.user, at=NOW)
        assert announcement_sending.release_due(at=LATER) == 0
        assert Clock.objects.get(timeline=found.timeline).status == "withdrawn"
        assert verbs(found)[-1] == "announcement.cancelled"

    def test_what_went_out_cannot_be_called_off(self, xia, sent):
        home()
        found = announced(xia)
        go_out(found, found.publish_at)
        announcement_sending.finish_sent(at=found.publish_at)
        found.refresh_from_db()
        with pytest.raises(WrongMove):
            announcements.call_off(announcement=found, reason="Too late", by=xia.user, at=LATER)


class TestTheRest:
    def test_what_the_gateway_refused_is_listed_and_sent_again_under_its_key(self, xia, sent, monkeypatch):
        home(), home(phone="+8613800138002")

        def refuse_one(message):
            if message.address.endswith("2"):
                raise channels.Refused
            return "id"

        monkeypatch.setitem(channels._CARRIERS, Channel.SMS, refuse_one)
        found = announced(xia)
        go_out(found, found.publish_at)
        announcement_sending.finish_sent(at=found.publish_at)
        found.refresh_from_db()
        assert (found.status, progress_of(found).lost) == ("sent", {"Refused": 1})
        assert announcements.send_again(announcement=found, by=xia.user, at=LATER) == 1
        assert (found.status, Message.objects.get(status="owed").key[:12]) == ("sending", "announcement")


class TestPaymentNotices:
    @pytest.fixture
    def debts(self, monkeypatch):
        """Who owes what, as a room above would say it."""
        owed = {}
        debtors = Audience(
            "owes",
            lambda at: Account.objects.filter(customer__in=owed),
            {"amount": "what is owed"},
            lambda customer, language, at: {"amount": owed[customer]} if customer in owed else None,
        )
        monkeypatch.setattr(audiences, "audiences", lambda: {"test.owes": debtors})
        return owed

    def test_each_reads_their_own_amount_and_who_has_paid_meanwhile_nothing(self, xia, sent, debts):
        debtor, payer, _third = home(), home(phone="+8613800138002"), home(phone="+8613800138003")
        debts |= {debtor.pk: "¥ 12.30", payer.pk: "¥ 9.00"}
        texts = {"en": Words("Your bill", "You owe {amount}.")}
        found = announced(xia, texts=texts, kind="payment", condition="test.owes", is_public=True)
        announcement_sending.release_due(at=found.vip_at)
        del debts[payer.pk]
        deliver_crowd(found.publish_at, announcement=found.pk, limit=9)
        assert [text.partition(": ")[2] for _key, text in sent] == ["You owe ¥ 12.30."]
        assert progress_of(found).lost == {"NotNeeded": 1}
        assert not public_announcements(LATER).exists()
