"""What the page of an account tells about its past."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import operations, queries
from accounts.signing import signed
from tests.factories import accounts as people


@pytest.fixture
def later():
    """After the factories have made everything, which they do on real time."""
    return timezone.now() + timedelta(days=1)


@pytest.fixture
def by(db):
    return people.UserFactory()


def lines(account):
    return [f"{change.what}: {change.old} → {change.new}" for change in queries.changes_of(account)]


def test_phones_and_mail_are_masked(account, by, later):
    phone = operations.add_phone(customer=account.customer, number="+8613912345678", by=by, at=later)
    phone.number = "+8613987654321"
    signed(phone, by=by, at=later + timedelta(1)).save()
    for day, email in enumerate(("lina@example.org", "na@example.org")):
        operations.change_customer(customer=account.customer, changes={"email": email}, by=by, at=later + timedelta(2 + day))
    assert "e-mail: l***@example.org → n***@example.org" in lines(account)
    assert "phone number: **** 5678 → **** 4321" in lines(account)


def test_the_long_story_of_an_old_card_does_not_hide_the_new_one(account, by, later):
    old = account.cards.get()
    for purchase in range(120):
        old.counter = purchase + 1
        signed(old, by=by, at=later + timedelta(days=purchase)).save(update_fields=["counter"])
    old.status, old.ended_at = "replaced", later
    signed(old, by=by, at=later + timedelta(days=200)).save()
    new = people.GasCardFactory(account=account, meter=old.meter)
    new.counter = 1
    signed(new, by=by, at=later + timedelta(days=201)).save(update_fields=["counter"])
    assert lines(account)[0] == "purchase counter: 0 → 1"


def test_nothing_is_told_as_a_beginning_but_the_beginning(account, by, later):
    card = account.cards.get()
    for purchase in range(120):
        card.counter = purchase + 1
        signed(card, by=by, at=later + timedelta(days=purchase)).save(update_fields=["counter"])
    told = [change.what for change in queries.changes_of(account, limit=150)]
    assert told.count("registered") == 1 + 1 + 1 + 1  # account, customer, meter, card
