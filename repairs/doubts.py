"""What speaks against believing that a repair is done as the crew says. Pure; each doubt is a code with words in ``doubt_words.DOUBTS``.

Who did the work does not confirm it. Without any doubt the customer's signature or code is enough; with one, somebody rings first.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """From where on a thing is strange: metres between crew and door, ppm of gas left, minutes on site."""

    metres: int
    ppm: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Closing:
    """How a repair ended, as far as anybody can tell. None: nobody knows. ``earlier`` are repairs at the same door shortly before."""

    fault: str
    outcome: str
    is_emergency: bool
    is_made_safe: bool
    is_signed: bool
    has_proof: bool
    metres_away: int | None
    gas_ppm: int | None
    seconds_on_site: int | None
    earlier: int


def doubts(closing: Closing, limits: Limits) -> tuple[str, ...]:
    """The codes of what is strange, the gravest first; empty when nothing is."""
    is_repaired = closing.outcome == "repaired"
    found: Mapping[str, bool] = {
        "gas_left": (closing.gas_ppm or 0) >= limits.ppm,
        "not_made_safe": is_repaired and closing.is_emergency and not closing.is_made_safe,
        "leak_not_found": closing.fault == "leak" and closing.outcome == "no_fault",
        "far_away": closing.metres_away is not None and closing.metres_away > limits.metres,
        "no_proof": not closing.has_proof,
        "too_quick": is_repaired and closing.seconds_on_site is not None and closing.seconds_on_site < 60 * limits.minutes,
        "again": closing.earlier > 0,
        "not_signed": not closing.is_signed,
    }
    return tuple(code for code, is_so in found.items() if is_so)


def needs_call(codes: tuple[str, ...]) -> bool:
    """Whether somebody must ring before it counts as mended: a customer who only did not sign may still say so alone."""
    return bool(set(codes) - {"not_signed"})
