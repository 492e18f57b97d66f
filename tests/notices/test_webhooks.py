"""Other systems hear of events: owed with the event, signed, tried again, and given up on in the end."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest

import notices.operations
from accounts.actors import System
from casework.operations import Step, open_timeline, record
from casework.retries import TRIES
from notices import webhook_signing
from notices.models import DisabledReason, Message, MessageStatus
from notices.queries import Lane, subscriptions
from tests.factories.notices import SECRET, MessageFactory, SubscriptionFactory

pytestmark = pytest.mark.django_db
BY = System("tests")


@pytest.fixture
def listener(server, settings):
    """A subscriber on this machine that listens to cases."""
    settings.WEBHOOKS_TO_LOOPBACK = True
    server.gateway.secrets.append(SECRET)
    subscription = SubscriptionFactory(url=f"{server.url}events", verbs=["case.*", "repair.arrived"])
    subscriptions.forget()
    return subscription


def happen(*verbs, at):
    return open_timeline(kind="case", steps=[Step(verb, {"urgency": "normal", "hall": 3}) for verb in verbs], by=BY, at=at)


def call(at, times=1):
    return [notices.operations.deliver(at, lane=Lane.MACHINES) for _ in range(times)]


class TestOwing:
    def test_an_event_is_owed_to_who_listens_to_its_kind(self, listener, now):
        happen("case.opened", "repair.reported", "repair.arrived", at=now)
        assert list(Message.objects.order_by("pk").values_list("about", flat=True)) == ["case.opened", "repair.arrived"]

    def test_it_holds_ids_and_codes(self, listener, now):
        timeline = happen("case.opened", at=now)
        assert json.loads(Message.objects.get().text) == {
            "type": "case.opened",
            "timestamp": "2026-11-20T02:00:00+00:00",
            "data": {
                "timeline": timeline.pk,
                "kind": "case",
                "seq": 1,
                "reference": None,
                "facts": {"urgency": "normal", "hall": 3},
            },
        }

    def test_every_later_step_too(self, listener, now):
        timeline = happen("case.opened", at=now)
        record(timeline_id=timeline.pk, steps=[Step("case.closed")], by=BY, at=now)
        assert Message.objects.filter(key=f"w{listener.pk}:{timeline.pk}:2", about="case.closed").exists()

    def test_without_listeners_an_event_costs_nothing(self, now, django_assert_num_queries, db):
        timeline = happen("case.opened", at=now)
        with django_assert_num_queries(2):
            record(timeline_id=timeline.pk, steps=[Step("case.noted")], by=BY, at=now, known=timeline)

    def test_who_is_switched_off_is_owed_nothing(self, listener, now):
        notices.operations.switch_off(subscription=listener, by=BY, at=now)
        happen("case.opened", at=now)
        assert not Message.objects.exists()


class TestCalling:
    def test_it_arrives_signed_and_is_kept_once(self, listener, gateway, now):
        happen("case.opened", at=now)
        assert call(now, 2) == [1, 0]
        assert [taken.way for taken in gateway.messages] == ["webhook"]
        assert Message.objects.get().status == MessageStatus.SENT

    def test_people_s_messages_are_another_lane(self, listener, gateway, now):
        happen("case.opened", at=now)
        assert notices.operations.deliver(now) == 0

    def test_a_lost_reply_repeats_under_the_same_id(self, listener, gateway, now):
        happen("case.opened", at=now)
        gateway.lose = 1
        for minute in range(2):
            call(now + timedelta(minutes=minute))
        assert (len(gateway.messages), Message.objects.get().attempts) == (1, 2)

    def test_a_wrong_secret_is_no_success(self, listener, gateway, now):
        gateway.secrets[:] = [webhook_signing.new_secret()]
        happen("case.opened", at=now)
        call(now)
        assert Message.objects.get().last_error == "Unaccepted"

    def test_a_name_that_leads_inside_is_not_called(self, listener, gateway, now, settings):
        settings.WEBHOOKS_TO_LOOPBACK = False
        happen("case.opened", at=now)
        call(now)
        assert (Message.objects.get().last_error, len(gateway.messages)) == ("BadAddress", 0)

    def test_a_redirect_is_not_followed(self, listener, server, now):
        listener.url = server.url.replace("events", "") + "nowhere"
        listener.save()
        happen("case.opened", at=now)
        call(now)
        assert Message.objects.get().status == MessageStatus.OWED

    def test_one_that_fails_makes_its_other_events_wait_and_nobody_else_s(self, listener, server, gateway, now):
        SubscriptionFactory(url=f"{server.url}events", verbs=["case.*"])
        subscriptions.forget()
        happen("case.opened", "case.closed", at=now)
        gateway.fail = 1
        assert sum(call(now, 6)) == 3
        assert len(gateway.messages) == 2

    def test_after_the_last_try_an_event_is_given_up_and_can_be_sent_again(self, listener, gateway, now):
        happen("case.opened", at=now)
        gateway.fail = TRIES
        for hour in range(TRIES + 2):
            call(now + timedelta(hours=6 * hour))
        assert Message.objects.get().status == MessageStatus.DEAD
        notices.operations.resend_all(messages=listener.messages.all(), at=now)
        call(now)
        assert len(gateway.messages) == 1


class TestSecrets:
    def test_the_signature_is_that_of_standard_webhooks(self):
        """Reckoned here by hand from the specification."""
        body = b'{"type":"case.opened"}'
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        by_hand = base64.b64encode(hmac.new(key, b"w1:17:1.1795312345." + body, hashlib.sha256).digest()).decode()
        assert webhook_signing.signatures([SECRET], event_id="w1:17:1", stamp=1795312345, body=body) == f"v1,{by_hand}"

    def test_the_example_of_the_specification_fits(self):
        header = webhook_signing.signatures(
            ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
            event_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
            stamp=1614265330,
            body=b'{"test": 2432232314}',
        )
        assert header == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    def test_a_secret_is_sealed_at_rest_and_different_each_time(self, now):
        wish = notices.operations.Wish("crm", "https://hooks.example.com/", ["*"])
        row, secret = notices.operations.subscribe(wish=wish, by=BY, at=now)
        assert secret.startswith("whsec_")
        assert secret not in row.secret_sealed
        assert secret != webhook_signing.new_secret()

    @pytest.mark.parametrize("known", ["old", "new"])
    def test_for_a_day_after_a_rotation_both_secrets_sign(self, listener, gateway, known, time_machine, now):
        time_machine.move_to(now)
        new = notices.operations.rotate_secret(subscription=listener, by=BY, at=now)
        gateway.secrets[:] = [SECRET if known == "old" else new]
        happen("case.opened", at=now)
        call(now)
        assert len(gateway.messages) == 1

    def test_then_only_the_new_one(self, listener, gateway, time_machine, now):
        notices.operations.rotate_secret(subscription=listener, by=BY, at=now)
        time_machine.move_to(now + timedelta(days=1))
        happen("case.opened", at=now)
        call(now)
        assert Message.objects.get().last_error == "Unaccepted"


class TestGivingUp:
    def fail(self, gateway, now, days):
        gateway.fail = 1000
        for step in range(int(days * 24)):
            at = now + timedelta(hours=step)
            if step % 2 == 0:
                happen("case.opened", at=at)
            call(at, 3)

    def test_days_of_failure_switch_it_off_and_tell_the_administrators(self, listener, gateway, now, ada):
        self.fail(gateway, now, 3.5)
        listener.refresh_from_db()
        assert (listener.disabled_at is not None, listener.disabled_reason) == (True, DisabledReason.FAILING)
        assert not listener.messages.owed().exists()
        assert Message.objects.filter(staff=ada, channel="inbox", kind="webhook_disabled").count() == 1

    def test_a_bad_day_does_not(self, listener, gateway, now):
        self.fail(gateway, now, 1)
        listener.refresh_from_db()
        assert (listener.disabled_at, listener.failures > 5) == (None, True)

    def test_one_success_forgets_the_failures(self, listener, gateway, now):
        self.fail(gateway, now, 0.5)
        gateway.fail = 0
        call(now + timedelta(days=1), 3)
        listener.refresh_from_db()
        assert (listener.failures, listener.failing_since) == (0, None)

    def test_one_that_says_it_is_gone_is_switched_off_at_once(self, listener, gateway, now):
        happen("case.opened", at=now)
        gateway.gone = 1
        call(now)
        listener.refresh_from_db()
        assert listener.disabled_reason == DisabledReason.GONE
        assert Message.objects.get(channel="webhook").status == MessageStatus.DEAD

    def test_switched_on_again_it_hears_what_comes(self, listener, gateway, now):
        notices.operations.switch_off(subscription=listener, by=BY, at=now)
        notices.operations.switch_on(subscription=listener, by=BY, at=now)
        happen("case.opened", at=now)
        call(now)
        assert len(gateway.messages) == 1


class TestEntering:
    @pytest.mark.parametrize("url", ["http://hooks.example.com/", "https://10.0.0.1/", "https://localhost/", "nonsense"])
    def test_a_private_or_bad_address_is_refused(self, url, now):
        with pytest.raises(notices.operations.BadUrl):
            notices.operations.subscribe(wish=notices.operations.Wish("crm", url, ["*"]), by=BY, at=now)

    @pytest.mark.parametrize("verbs", [[], [""], ["Case.Opened"], ["case"], ["*.opened"], ["case.*", "drop table"]])
    def test_what_names_no_event_is_refused(self, verbs, now):
        wish = notices.operations.Wish("crm", "https://hooks.example.com/", verbs)
        with pytest.raises(notices.operations.BadVerbs):
            notices.operations.subscribe(wish=wish, by=BY, at=now)

    def test_two_of_one_name_are_refused(self, now):
        wish = notices.operations.Wish("crm", "https://hooks.example.com/", ["*"])
        notices.operations.subscribe(wish=wish, by=BY, at=now)
        with pytest.raises(notices.operations.NameTaken):
            notices.operations.subscribe(wish=wish, by=BY, at=now)

    def test_who_changed_it_is_kept_without_its_secret(self, now):
        wish = notices.operations.Wish("crm", "https://hooks.example.com/", ["*"])
        row, _secret = notices.operations.subscribe(wish=wish, by=BY, at=now)
        entry = row.history.get()
        assert entry.history_change_reason == "system:tests"
        assert not hasattr(entry, "secret_sealed")


def test_neither_address_nor_secret_is_logged(listener, gateway, now, caplog):
    gateway.fail = 1
    happen("case.opened", at=now)
    call(now)
    logged = " ".join(str(vars(record)) for record in caplog.records)
    assert "message failed" in logged
    assert "127.0.0.1" not in logged
    assert "whsec" not in logged


def test_a_message_of_no_subscriber_is_given_up(gateway, now):
    MessageFactory(channel="webhook", kind="webhook", address="")
    call(now)
    assert Message.objects.get().last_error == "Refused"
