"""Two at once among people and places, each in a thread with a connection of its own."""

import pytest

from accounts import models, operations
from accounts.operations import DoorTaken, NewAccount, TooManyAttempts, WrongCode, wechat_links
from accounts.wechat import Identity
from tests.billing.test_races import at_once
from tests.factories import accounts as people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stranger():
    return people.UserFactory(phone="+8613700000001", is_phone_verified=True)


def test_tries_at_the_same_moment_are_counted(stranger, account, now):
    def guess():
        return operations.start_binding(user=stranger, number=account.number, proof="x", role="holder", at=now)

    results = at_once(*[guess] * 12)
    assert sum(isinstance(result, TooManyAttempts) for result in results) == 7
    assert models.BindingAttempt.objects.count() == 5


def test_a_binding_code_entered_twice_at_once_binds_once(stranger, account, now):
    people.PhoneFactory(customer=account.customer, number="+8613912345678")
    started = operations.start_binding(user=stranger, number=account.number, proof="李娜", role="holder", at=now)

    def enter():
        return operations.finish_binding(user=stranger, attempt_id=started.attempt_id, code=started.code, typed_at=now, at=now)

    results = at_once(enter, enter)
    assert sorted(type(result).__name__ for result in results) == ["Binding", WrongCode.__name__]
    assert stranger.bindings.count() == 1


def test_a_door_gets_one_account_and_the_other_clerk_a_sentence(stranger, now):
    new = NewAccount(customer=people.CustomerFactory(), premises=people.PremisesFactory())
    results = at_once(*[lambda: operations.open_account(account=new, by=stranger, at=now)] * 3)
    assert sorted(type(result).__name__ for result in results) == ["Account", DoorTaken.__name__, DoorTaken.__name__]


def test_accounts_opened_at_once_have_numbers_of_their_own(stranger, now):
    new = [NewAccount(customer=people.CustomerFactory(), premises=people.PremisesFactory()) for _ in range(4)]
    results = at_once(*[lambda one=one: operations.open_account(account=one, by=stranger, at=now) for one in new])
    assert len({account.number for account in results}) == 4


def test_two_taps_in_wechat_at_once_open_one_cabinet(db, now):
    who = Identity("wx1", "o-one")
    results = at_once(*[lambda: wechat_links.open_cabinet(identity=who, language="en", at=now)] * 4)
    assert {user.pk for user in results} == {models.WeChatLink.objects.get().user_id}
    assert models.User.objects.count() == 1


def test_a_wechat_linked_to_two_cabinets_at_once_opens_one(now):
    users = [people.UserFactory() for _ in range(3)]
    who = Identity("wx1", "o-one")
    results = at_once(*[lambda user=user: wechat_links.link(user=user, identity=who, by=user, at=now) for user in users])
    assert sorted(type(result).__name__ for result in results) == ["OtherCabinet", "OtherCabinet", "WeChatLink"]
