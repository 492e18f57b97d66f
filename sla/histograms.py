"""Lengths of time counted in buckets that can be added up, and percentiles read from any sum. Pure.

Eight buckets to a doubling: a percentile is right within five per cent. Bucket 0 is everything up to a second.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import ceil, log2

_STEPS = 8


def bucket_of(seconds: int) -> int:
    """The bucket that holds this length."""
    return 0 if seconds <= 1 else ceil(log2(seconds) * _STEPS)


def middle_of(bucket: int) -> int:
    """A length in the middle of a bucket, in seconds."""
    return 1 if bucket == 0 else round(2 ** ((bucket - 0.5) / _STEPS))


def merge(histograms: Iterable[Mapping[str, int]]) -> Counter[int]:
    """Several as they are stored (bucket as text -> count) as one."""
    total: Counter[int] = Counter()
    for one in histograms:
        for bucket, count in one.items():
            total[int(bucket)] += count
    return total


def percentile(histogram: Mapping[int, int], percent: int) -> int | None:
    """The length, in seconds, within which so many per cent lie; None of nothing."""
    wanted = -(-sum(histogram.values()) * percent // 100)
    seen = 0
    for bucket in sorted(histogram):
        seen += histogram[bucket]
        if seen >= wanted:
            return middle_of(bucket)
    return None
