"""Messages, calls, digests and webhooks go out once, though replies are lost, senders killed, and several send at once."""

import threading

import pytest
from cryptography.fernet import Fernet

from notices.stand_in import Server
from tests.faults.conftest import PATIENCE, kill

pytestmark = pytest.mark.fault
STATUS = "SELECT status, provider_id, attempts FROM notices_message"
SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGVzZSB0ZXN0cywgMzIgYnl0ZXM="


@pytest.fixture
def serve():
    """A stand-in for the gateways of a world."""
    started = []

    def _serve(world):
        server = Server(port=0, key=world.environment["SMS_GATEWAY_KEY"])
        world.environment |= {
            "SMS_GATEWAY_URL": server.url,
            "VOICE_GATEWAY_URL": f"{server.url}voice",
            "WEBHOOKS_TO_LOOPBACK": "1",
            "QUIET_HOURS": "00:00-00:00",
            "SAFETY_PAUSE_SECONDS": "0",
        }
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        started.append((server, thread))
        return server

    yield _serve
    for server, thread in started:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def server(world, serve):
    return serve(world)


@pytest.fixture
def gateway(server):
    return server.gateway


def owe(world, channel="sms", subscription="NULL"):
    world.write(
        "INSERT INTO notices_message (kind, key, channel, address, language, subject, text, status, created_at, next_attempt_at, attempts,"
        ' provider_id, last_error, link, "group", about, topic, is_safety, subscription_id)'
        f" VALUES ('unknown_phone', 'm:1', '{channel}', '+8613800138000', 'en', '', '{{}}', 'owed',"
        f" '2026-01-01 00:00:00', '2026-01-01 00:00:00', 0, '', '', '', '', '', '', false, {subscription})"
    )


def killing(gateway, method, senders):
    """Takes the message, then kills the sender before it can hear of it; once."""
    take = getattr(gateway, method)

    def take_and_kill(*message):
        taken = take(*message)
        setattr(gateway, method, take)
        kill(senders[0])
        return taken

    setattr(gateway, method, take_and_kill)


@pytest.mark.parametrize("channel", ["sms", "voice"])
def test_a_sender_killed_after_the_gateway_took_it_sends_no_second_one(world, gateway, channel):
    owe(world, channel)
    senders = []
    killing(gateway, "take", senders)
    senders.append(world.probe("deliver"))
    senders[0].wait(PATIENCE)
    assert world.rows(STATUS) == [("sending", "", 1)]
    world.run_probe("deliver", "later")
    assert (len(gateway.messages), world.rows(STATUS)) == (1, [("sent", "demo-1", 2)])


def test_a_lost_reply_sends_no_second_one(world, gateway):
    owe(world)
    gateway.lose = 1
    world.run_probe("deliver")
    assert world.rows(STATUS) == [("owed", "", 1)]
    world.run_probe("deliver", "later")
    assert (len(gateway.messages), world.rows(STATUS)) == (1, [("sent", "demo-1", 2)])


def test_a_caller_killed_after_the_subscriber_took_the_event_repeats_it_under_its_id(world, server):
    sealed = Fernet(world.environment["FIELD_KEY"]).encrypt(SECRET.encode()).decode()
    world.write(
        "INSERT INTO notices_subscription (id, name, url, verbs, secret_sealed, old_secret_sealed, created_at, failures, disabled_reason)"
        f""" VALUES (1, 'crm', '{server.url}events', '["*"]', '{sealed}', '', '2026-01-01 00:00:00', 0, '')"""
    )
    server.gateway.secrets.append(SECRET)
    owe(world, "webhook", "1")
    senders = []
    killing(server.gateway, "take_event", senders)
    senders.append(world.probe("deliver", "now", "machines"))
    senders[0].wait(PATIENCE)
    assert world.rows(STATUS) == [("sending", "", 1)]
    world.run_probe("deliver", "later", "machines")
    assert (len(server.gateway.messages), world.rows(STATUS)) == (1, [("sent", "", 2)])


@pytest.mark.parametrize("kind", ["world", pytest.param("postgres_world", marks=pytest.mark.postgres)])
def test_several_senders_make_one_digest_of_a_storm_for_each_person(request, serve, kind):
    world = request.getfixturevalue(kind)
    gateway = serve(world).gateway
    storms = [world.probe("storm", "300") for _ in range(2)]
    for storm in storms:
        world.done(storm)
    senders = [world.probe("deliver_all") for _ in range(4)]
    for sender in senders:
        world.done(sender)
    assert world.number("SELECT count(*) FROM notices_message WHERE channel = 'inbox'") == 900
    assert world.number("SELECT count(*) FROM notices_message WHERE status = 'gathered'") == 900
    assert sorted(taken.to for taken in gateway.messages) == [f"+861380013900{number}" for number in range(3)]
    assert all("300 new messages" in taken.text for taken in gateway.messages)
