"""Text messages go out once, though replies are lost and senders killed."""

import threading

import pytest

from notices.stand_in import Server
from tests.faults.conftest import kill

pytestmark = pytest.mark.fault
STATUS = "SELECT status, provider_id, attempts FROM notices_message"


@pytest.fixture
def gateway(world):
    server = Server(port=0, key=world.environment["SMS_GATEWAY_KEY"])
    world.environment["SMS_GATEWAY_URL"] = server.url
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    world.write(
        "INSERT INTO notices_message (kind, key, channel, address, language, subject, text, status, created_at, next_attempt_at, attempts,"
        " provider_id, last_error, link, \"group\", about, is_safety) VALUES ('unknown_phone', 'm:1', 'sms', '+8613800138000', 'en', '', 'Hello', 'owed',"
        " '2026-01-01 00:00:00', '2026-01-01 00:00:00', 0, '', '', '', '', '', false)"
    )
    yield server.gateway
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_sender_killed_after_the_gateway_took_it_sends_no_second_one(world, gateway):
    senders, take = [], gateway.take

    def take_and_kill(*message):
        taken = take(*message)
        kill(senders[0])
        return taken

    gateway.take = take_and_kill
    senders.append(world.probe("deliver"))
    senders[0].wait(30)
    assert world.rows(STATUS) == [("sending", "", 1)]
    gateway.take = take
    world.run_probe("deliver", "later")
    assert (len(gateway.messages), world.rows(STATUS)) == (1, [("sent", "demo-1", 2)])


def test_a_lost_reply_sends_no_second_one(world, gateway):
    gateway.lose = 1
    world.run_probe("deliver")
    assert world.rows(STATUS) == [("owed", "", 1)]
    world.run_probe("deliver", "later")
    assert (len(gateway.messages), world.rows(STATUS)) == (1, [("sent", "demo-1", 2)])
