"""Things one after another, separated as the reader's language does."""

import re

import pytest
from django.utils.translation import override

from accounts.listing import listed, parted
from tests.house import sources


@pytest.mark.parametrize(("language", "one", "two"), [("en", "a, b", "a; b"), ("ru", "a, b", "a; b"), ("zh-hans", "a、b", "a；b")])
def test_a_list_is_separated_as_the_language_does(language, one, two):
    with override(language):
        assert (listed(["a", "b"]), parted(["a", "b"])) == (one, two)


def test_one_thing_stands_alone():
    assert (listed([7]), parted([])) == ("7", "")


def test_pages_leave_the_separator_to_the_language():
    by_hand = re.compile(r"""\|join:["'][,;]""")
    pages = [path for path in (sources.ROOT / "templates").rglob("*.html") if by_hand.search(path.read_text(encoding="utf-8"))]
    assert [str(path) for path in pages] == []
