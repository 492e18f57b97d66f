"""Words of messages do not stay for ever: not those of an erased case, and not those of years ago."""

from datetime import timedelta

import pytest

import casework.operations
import notices.operations
from accounts.roles import Role
from casework.operations import Opening, Target
from casework.references import grouped
from notices.models import Message
from tests.factories.accounts import StaffFactory
from tests.factories.notices import DeadMessageFactory, MessageFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case(fang, qiang, now):
    """Ended; its customer had a letter, and a colleague one with a note."""
    opening = Opening(kind="general_request", subject="", channel="hall", contact_name="李娜", contact_phone="+8613912345678")
    row = casework.operations.open_request(opening=opening, topic="bill", text="李娜 pays too much", by=fang.user, at=now)
    casework.operations.transfer(case=row.case, to=Target(staff=qiang, note="李娜"), by=fang.user, at=now)
    casework.operations.drain(now)
    row.case.refresh_from_db()
    return casework.operations.cancel_case(case=row.case, reason="李娜 moved", by=fang.user, at=now)


def erase(case, now):
    lan = StaffFactory(number="506", user__username="lan", hall=None, roles=[Role.BRANCH_MANAGER])
    casework.operations.erase_case(case=case, by=lan.user, at=now)
    # Many rooms forget with the case, more than one draining takes.
    for _ in range(5):
        casework.operations.drain(now)


def words(rows):
    return {getattr(row, name) for row in rows for name in ("subject", "text", "about", "address")}


class TestErasedCase:
    def test_every_letter_about_it_loses_words_and_address(self, case, now):
        mine = list(Message.objects.values_list("pk", flat=True))
        erase(case, now)
        assert len(mine) == 2
        assert words(Message.objects.filter(pk__in=mine)) == {""}

    def test_the_facts_stay(self, case, now):
        before = list(Message.objects.order_by("pk").values_list("kind", "key", "channel", "created_at"))
        erase(case, now)
        assert list(Message.objects.order_by("pk").values_list("kind", "key", "channel", "created_at")) == before

    def test_what_was_not_sent_is_not_sent_any_more(self, case, now):
        erase(case, now)
        assert Message.objects.get(kind="case_received").last_error == "Erased"
        assert not Message.objects.owed().exists()

    def test_the_reference_alone_is_enough_however_it_is_written(self, case, now):
        named = [MessageFactory(text=f"About {name}.", created_at=now) for name in (case.reference, grouped(case.reference))]
        erase(case, now)
        assert words(Message.objects.filter(pk__in=[row.pk for row in named])) == {""}

    def test_other_letters_stay(self, case, now):
        other = MessageFactory(text="Case G4K-7QX-2MP.", created_at=now)
        erase(case, now)
        other.refresh_from_db()
        assert other.text


class TestOldWords:
    @pytest.fixture
    def forget(self, now):
        return lambda **how: notices.operations.forget_old_words(at=now, **how)

    def sent(self, at):
        return MessageFactory(status=Message.Status.SENT, created_at=at, sent_at=at)

    def test_after_the_time_only_the_fact_is_left(self, forget, now):
        old, young = self.sent(now - 401 * DAY), self.sent(now - 399 * DAY)
        assert forget() == 1
        old.refresh_from_db()
        young.refresh_from_db()
        assert (words([old]), old.sent_at) == ({""}, now - 401 * DAY)
        assert young.text

    def test_what_was_given_up_goes_too_and_what_is_owed_stays(self, forget, now):
        DeadMessageFactory(created_at=now - 500 * DAY)
        owed = MessageFactory(created_at=now - 500 * DAY)
        assert forget() == 1
        owed.refresh_from_db()
        assert owed.text

    def test_many_are_done_in_batches_and_nothing_twice(self, forget, now, monkeypatch):
        monkeypatch.setattr("notices.operations.forgetting.BATCH", 2)
        for _ in range(5):
            self.sent(now - 500 * DAY)
        assert (forget(most=4), forget(), forget()) == (4, 1, 0)

    def test_nought_keeps_them_for_good(self, forget, now, settings):
        settings.MESSAGE_WORDS_DAYS = 0
        self.sent(now - 5000 * DAY)
        assert forget() == 0
