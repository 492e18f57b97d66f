"""How samples are drawn and what they tell: pure rules, the same for everybody who has the seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from callbacks import sampling
from callbacks.sampling import Stratum

FRAMES = some.dictionaries(some.sampled_from(["a", "b", "c"]), some.lists(some.integers(1, 10**9), unique=True, max_size=60))
SEEDS = some.text("0123456789abcdef", min_size=64, max_size=64)
SEED = sampling.seed_of("ab" * 32, "T72", "2026-W47")


@given(FRAMES, some.integers(1, 100), SEEDS)
def test_every_type_gets_its_share_and_nobody_is_drawn_twice(frame, percent, seed):
    drawn = sampling.draw(frame, percent, seed)
    for name, keys in frame.items():
        assert len(set(drawn[name])) == len(drawn[name]) == sampling.wanted(len(keys), percent)
        assert len(drawn[name]) * 100 >= len(keys) * percent
        assert set(drawn[name]) <= set(keys)


@given(FRAMES, SEEDS)
def test_the_order_in_which_the_frame_was_read_does_not_matter(frame, seed):
    turned = {name: list(reversed(keys)) for name, keys in reversed(frame.items())}
    assert sampling.draw(turned, 20, seed) == sampling.draw(frame, 20, seed)
    assert sampling.digest(turned) == sampling.digest(frame)


@given(FRAMES)
def test_a_frame_comes_back_as_it_was_kept(frame):
    assert sampling.unpacked(sampling.packed(frame)) == {name: sorted(keys) for name, keys in sorted(frame.items())}


def test_whoever_cannot_be_asked_is_replaced_by_the_next_until_nobody_is_left():
    keys = list(range(1, 8))
    asked = sampling.draw({"a": keys}, 40, SEED)["a"]
    while (key := sampling.replacement(keys, SEED, asked)) is not None:
        asked.append(key)
    assert asked == sampling.order(keys, SEED)


def test_another_turn_or_another_root_draws_others():
    seeds = {sampling.seed_of(root, "T72", label) for root in ("ab" * 32, "cd" * 32) for label in ("2026-W47", "2026-W48")}
    assert len({tuple(sampling.order(range(50), seed)) for seed in seeds}) == 4


def test_over_many_seeds_everybody_is_drawn_equally_often():
    drawn = [
        key for number in range(600) for key in sampling.draw({"a": list(range(20))}, 10, sampling.seed_of(str(number), "T72", "x"))["a"]
    ]
    counts = [drawn.count(key) for key in range(20)]
    assert (sum(counts), min(counts) > 30, max(counts) < 95) == (1_200, True, True)


@pytest.mark.parametrize(
    ("strata", "mean", "margin"),
    [
        ([Stratum(100, [4.0, 4.0])], 4.0, 0.0),
        ([Stratum(2, [1.0, 5.0])], 3.0, 0.0),
        ([Stratum(100, [1.0]), Stratum(300, [5.0])], 4.0, 0.0),
        ([Stratum(100, [4.0]), Stratum(5, [])], None, None),
        ([], None, None),
    ],
)
def test_types_count_by_their_size_and_an_unheard_type_makes_no_estimate(strata, mean, margin):
    found = sampling.estimate(strata)
    assert (found.mean, found.margin) == (mean, margin)


def test_the_margin_shrinks_as_more_are_heard():
    few = sampling.estimate([Stratum(1_000, [1.0, 5.0] * 5)])
    many = sampling.estimate([Stratum(1_000, [1.0, 5.0] * 200)])
    assert few.margin > 1 > many.margin > 0
