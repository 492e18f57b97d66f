"""The one door into the ledger."""

import pytest

from accounts.actors import System
from billing.models import Book, Entry, Posting
from billing.operations import Line, Unbalanced, post
from casework.models import FrozenRow

BY = System("tests")


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [Line(Book.CASH, 0), Line(Book.PREPAID, 0)],
        [Line(Book.CASH, 100)],
        [Line(Book.CASH, 100), Line(Book.PREPAID, -99)],
        [Line(Book.CASH, 100), Line(Book.PREPAID, 100)],
    ],
)
def test_what_does_not_balance_is_not_posted(db, now, lines):
    with pytest.raises(Unbalanced):
        post(Posting.Kind.PAYMENT, lines, by=BY, at=now)
    assert not Posting.objects.exists()


def test_lines_of_nothing_are_left_out(db, now):
    lines = [Line(Book.CASH, 100), Line(Book.OVER_SHORT, 0), Line(Book.PREPAID, -100)]
    assert post(Posting.Kind.PAYMENT, lines, by=BY, at=now).entries.count() == 2


def test_a_posting_belongs_to_the_till_of_its_lines(shift, now):
    posting = post(Posting.Kind.PAYMENT, [Line(Book.PREPAID, -100), Line(Book.CASH, 100, shift=shift)], by=BY, at=now)
    assert posting.shift == shift


@pytest.mark.parametrize("change", [lambda row: row.save(), lambda row: row.delete(), lambda row: type(row).objects.update(amount=1)])
def test_an_entry_is_never_changed(shift, change):
    with pytest.raises(FrozenRow):
        change(Entry.objects.first())
