"""Whom a sample asks: stratified, in proportion, and drawn so that anybody with the published seed draws the same. Pure.

Each of a stratum gets a place by a hash of the seed and their key; the first n of the order are asked, and who cannot be reached is
replaced by the next. Nobody who drew the sample could have wished for somebody in it: the seed follows from a root of the journal that
was signed and published before (``seed_of``), and the frame (who could have been drawn) is kept with its digest.
"""

import hashlib
import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: 95 in a hundred such samples contain the truth within the margin.
_Z = 1.96

type Frame = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Stratum:
    """What came of one stratum: how many there are, and the scores (1 to 5, or 0 and 1) of those who were reached."""

    population: int
    values: Sequence[float]


@dataclass(frozen=True)
class Estimate:
    """A mean over everybody with its margin of error; both None while some stratum has nobody reached in it."""

    mean: float | None
    margin: float | None


def seed_of(root: str, promise: str, label: str) -> str:
    """The seed of one turn of one promise, out of a published root of the journal (hexadecimal)."""
    return hashlib.sha256(f"{root}:{promise}:{label}".encode()).hexdigest()


def order(keys: Sequence[int], seed: str) -> list[int]:
    """The keys of one stratum in the order in which they are asked."""
    return sorted(keys, key=lambda key: (hashlib.sha256(f"{seed}:{key}".encode()).digest(), key))


def wanted(population: int, percent: int) -> int:
    """How many of a stratum are asked: rounded up, so that no stratum falls short of the share."""
    return -(-population * percent // 100)


def draw(frame: Frame, percent: int, seed: str) -> dict[str, list[int]]:
    """Who is asked first, by stratum."""
    return {name: order(keys, seed)[: wanted(len(keys), percent)] for name, keys in sorted(frame.items())}


def replacement(keys: Sequence[int], seed: str, asked: Sequence[int]) -> int | None:
    """Who comes next in a stratum of which so many were asked already; None when nobody is left."""
    taken = set(asked)
    return next((key for key in order(keys, seed) if key not in taken), None)


def digest(frame: Frame) -> str:
    """What the frame was, without saying who was in it."""
    return hashlib.sha256(_written(frame)).hexdigest()


def packed(frame: Frame) -> bytes:
    """To be kept with the sample."""
    return zlib.compress(_written(frame), 6)


def unpacked(kept: bytes) -> dict[str, list[int]]:
    """The frame as it was when the sample was drawn."""
    lines = zlib.decompress(kept).decode().splitlines()
    return {name: [int(key) for key in keys.split()] for name, _tab, keys in (line.partition("\t") for line in lines)}


def estimate(strata: Sequence[Stratum]) -> Estimate:
    """The mean over all strata by their size, with the margin for 95 in a hundred; small strata are corrected for their finite size."""
    everybody = sum(stratum.population for stratum in strata)
    if not everybody or any(stratum.population and not stratum.values for stratum in strata):
        return Estimate(None, None)
    mean, variance = 0.0, 0.0
    for stratum in strata:
        if not stratum.population:
            continue
        share, reached = stratum.population / everybody, len(stratum.values)
        own = sum(stratum.values) / reached
        mean += share * own
        spread = sum((value - own) ** 2 for value in stratum.values) / (reached - 1) if reached > 1 else 0.0
        variance += share**2 * spread / reached * max(1 - reached / stratum.population, 0.0)
    return Estimate(mean, _Z * math.sqrt(variance))


def _written(frame: Frame) -> bytes:
    return "\n".join(f"{name}\t{' '.join(map(str, sorted(keys)))}" for name, keys in sorted(frame.items())).encode()
