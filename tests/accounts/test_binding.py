"""Binding an account: only its holder can, and nobody learns which numbers exist."""

from datetime import timedelta

import pytest

from accounts import models, operations
from tests.factories import accounts as people

_ROLE = models.Binding.Role.HOLDER


@pytest.fixture
def stranger(db):
    return people.UserFactory(username="stranger", phone="+8613700000001", is_phone_verified=True)


@pytest.fixture
def on_file(account):
    return people.PhoneFactory(customer=account.customer, number="+8613912345678")


def start(user, number, proof, at, role=_ROLE):
    return operations.start_binding(user=user, number=number, proof=proof, role=role, at=at)


class TestStart:
    @pytest.mark.parametrize("proof", ["李娜", " 李 娜 ", "5678", "５６７８"])
    def test_name_or_last_four_digits_prove_it(self, stranger, account, on_file, now, proof):
        assert start(stranger, account.number, proof, now).phone == "+8613912345678"

    @pytest.mark.parametrize("proof", ["李", "王芳", "1234", "", " ", "13912345678"])
    def test_anything_else_does_not(self, stranger, account, on_file, now, proof):
        assert start(stranger, account.number, proof, now).phone is None

    def test_a_name_is_the_same_in_any_case(self, stranger, neighbour, now):
        people.PhoneFactory(customer=neighbour.customer)
        assert start(stranger, neighbour.number, "иванова анна петровна", now).phone

    def test_without_a_phone_on_file_nothing_is_sent(self, stranger, account, now):
        assert start(stranger, account.number, "李娜", now).phone is None

    def test_a_closed_account_cannot_be_bound(self, stranger, account, on_file, now):
        operations.close_account(account=account, by=stranger, at=now)
        assert start(stranger, account.number, "李娜", now).phone is None

    def test_right_and_wrong_tries_leave_the_same_trace(self, stranger, account, on_file, now):
        start(stranger, account.number, "李娜", now)
        start(stranger, "0000000000", "李娜", now)
        right, wrong = models.BindingAttempt.objects.order_by("pk")
        assert (len(right.code_hash), len(right.salt)) == (len(wrong.code_hash), len(wrong.salt))
        assert (right.account, wrong.account) == (account, None)

    def test_the_code_is_kept_as_a_hash_only(self, stranger, account, on_file, now):
        started = start(stranger, account.number, "李娜", now)
        assert started.code not in models.BindingAttempt.objects.get().code_hash


class TestLimits:
    @pytest.mark.parametrize("number", ["3713240004", "0000000000", "nonsense"])
    def test_the_sixth_try_within_an_hour_is_refused(self, stranger, now, number):
        for _ in range(5):
            start(stranger, number, "x", now)
        with pytest.raises(operations.TooManyAttempts):
            start(stranger, number, "x", now + timedelta(minutes=59))
        start(stranger, number, "x", now + timedelta(minutes=61))

    def test_one_user_alone_does_not_keep_the_holder_out(self, stranger, account, on_file, now):
        for _ in range(5):
            start(stranger, account.number, "x", now)
        assert start(people.UserFactory(), account.number, "李娜", now).phone

    def test_many_users_at_one_number_are_refused_too(self, account, on_file, now):
        for _ in range(10):
            start(people.UserFactory(), account.number, "x", now)
        with pytest.raises(operations.TooManyAttempts):
            start(people.UserFactory(), account.number, "李娜", now)


class TestFinish:
    def test_the_right_code_binds_in_the_role_asked_for(self, stranger, account, on_file, now):
        started = start(stranger, account.number, "李娜", now, role="payer")
        binding = operations.finish_binding(user=stranger, attempt_id=started.attempt_id, code=started.code, typed_at=now, at=now)
        assert (binding.account, binding.role) == (account, "payer")

    def test_full_width_digits_are_read(self, stranger, account, on_file, now):
        started = start(stranger, account.number, "李娜", now)
        wide = "".join(chr(ord(digit) + 0xFEE0) for digit in started.code)
        assert operations.finish_binding(user=stranger, attempt_id=started.attempt_id, code=wide, typed_at=now, at=now)

    def refused(self, user, started, code, at):
        with pytest.raises(operations.WrongCode):
            operations.finish_binding(user=user, attempt_id=started.attempt_id, code=code, typed_at=at, at=at)

    def test_five_wrong_tries_spoil_the_right_one(self, stranger, account, on_file, now):
        started = start(stranger, account.number, "李娜", now)
        for _ in range(5):
            self.refused(stranger, started, "x", now)
        self.refused(stranger, started, started.code, now)

    def test_after_ten_minutes_it_is_too_late(self, stranger, account, on_file, now):
        started = start(stranger, account.number, "李娜", now)
        self.refused(stranger, started, started.code, now + timedelta(minutes=10))

    def test_a_code_works_once(self, stranger, account, on_file, now):
        started = start(stranger, account.number, "李娜", now)
        operations.finish_binding(user=stranger, attempt_id=started.attempt_id, code=started.code, typed_at=now, at=now)
        self.refused(stranger, started, started.code, now)

    def test_the_code_of_a_decoy_binds_nothing(self, stranger, account, now):
        started = start(stranger, account.number, "wrong", now)
        self.refused(stranger, started, started.code, now)

    def test_somebody_elses_attempt_cannot_be_finished(self, stranger, olive, account, on_file, now):
        started = start(olive, account.number, "李娜", now)
        self.refused(stranger, started, started.code, now)

    def test_binding_twice_keeps_one_tie(self, olive, account, on_file, now):
        started = start(olive, account.number, "李娜", now)
        operations.finish_binding(user=olive, attempt_id=started.attempt_id, code=started.code, typed_at=now, at=now)
        assert account.bindings.count() == 1


class TestUnbind:
    def test_what_is_not_bound_cannot_be_unbound(self, stranger, account, now):
        with pytest.raises(operations.NotBound):
            operations.unbind(user=stranger, account=account, by=stranger, at=now)

    def test_one_may_bind_again_later(self, olive, account, now):
        operations.unbind(user=olive, account=account, by=olive, at=now)
        operations.bind_with_papers(user=olive, account=account, role=_ROLE, papers="身份证", by=olive, at=now)
        assert account.bindings.count() == 2
