"""Mistyped words: which letters may have been left out, and how far one word is from another."""

_SHORTEST, _LONG = 4, 7


def without_a_letter(word: str) -> set[str]:
    """The word and every form of it that lacks one letter; nothing of words too short to tell from others."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))} if len(word) >= _SHORTEST else set()


def looked_for(word: str) -> set[str]:
    """Under what a mistyped word may be kept: itself without a letter, a long one without two."""
    once = without_a_letter(word)
    return once if len(word) < _LONG else once | {shorter for one in once for shorter in without_a_letter(one)}


def allowed(word: str) -> int:
    """How many slips we forgive."""
    return 0 if len(word) < _SHORTEST else 1 if len(word) < _LONG else 2


def distance(one: str, other: str) -> int:
    """Letters left out, put in, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, right in enumerate(other, start=1):
            costs = [row[-1] + 1, before[j] + 1, before[j - 1] + (left != right)]
            if older and j > 1 and left == other[j - 2] and one[i - 2] == right:
                costs.append(older[j - 2] + 1)
            row.append(min(costs))
    return row[-1]
