"""What was found in a text, and how overlapping finds become one."""

from collections.abc import Iterable
from dataclasses import dataclass

#: From what names a person alone to what does so with something else; of two finds of one place the first is said.
KINDS = ("id_number", "card", "account", "meter", "phone", "email", "plate", "date_of_birth", "address", "name")


@dataclass(frozen=True, order=True)
class Found:
    """One place of a text: from ``start`` up to ``end``, without it; ``kind`` is one of KINDS."""

    start: int
    end: int
    kind: str


def joined(finds: Iterable[Found]) -> list[Found]:
    """In the order of the text, no two overlapping: what overlaps is one find, called as its longer part.

    Two that overlap are never cut apart: a rest left standing could be read.
    """
    result: list[Found] = []
    for find in sorted(finds):
        if result and find.start < result[-1].end:
            last = result.pop()
            kind = max((last, find), key=lambda one: (one.end - one.start, -KINDS.index(one.kind))).kind
            find = Found(last.start, max(last.end, find.end), kind)  # noqa: PLW2901
        result.append(find)
    return result
