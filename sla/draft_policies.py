"""Policies that are not in force: written down in a file, or drafts in the book, taken as if they had always held. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

from . import limits, patterns, selection
from .amends import Amends, BadAmends
from .books import Edition, PolicyBook
from .policies import LadderStep, Policy, nominal_length
from .terms import BadReading, BadRung, Readings, Rung

ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_AND_NIGHT = "24x7"


class BadDraft(ValueError):
    """A promise in the file cannot be read; the text says which and why."""


def read_policy(raw: Mapping[str, Any], number: int) -> Policy:
    """A policy from TOML or JSON, in force since ever; ``number`` is its place in the file. Raises BadDraft."""
    try:
        return _policy(raw, number)
    except KeyError as missing:
        raise BadDraft(f"promise {number}: {missing} is missing") from missing
    except (limits.BadLimit, BadReading, BadRung, BadAmends, ValueError, TypeError) as bad:
        raise BadDraft(f"promise {number}: {type(bad).__name__} {bad}") from bad


def _policy(raw: Mapping[str, Any], number: int) -> Policy:
    target, limit = _limit(raw.get("target")), _limit(raw.get("limit"))
    ladder = tuple(LadderStep(Rung(rung).name, role) for rung, role in raw.get("ladder", ()))
    Amends.parse(raw.get("compensation", {}))
    return Policy(
        key=raw["key"],
        version=number,
        number=1,
        effective_from=ALWAYS,
        kind=raw.get("kind", "resolution"),
        nature="clock",
        source="",
        quote="",
        family=raw.get("family", ""),
        selects=selection.read(raw.get("selects", {})),
        length=nominal_length(limit or target),
        **{name: tuple(patterns.parse(text) for text in raw.get(name, ())) for name in _EVENTS},
        target=target,
        limit=limit,
        calendar=raw.get("calendar", _DAY_AND_NIGHT),
        cut_off=time.fromisoformat(raw["cut_off"]) if raw.get("cut_off") else None,
        anchor=raw.get("anchor", ""),
        part_of=raw.get("part_of", ""),
        is_safety=raw.get("safety", False),
        is_active=True,
        is_public=False,
        owner=raw.get("owner", ""),
        ladder=ladder,
        extension={},
        compensation=raw.get("compensation", {}),
        readings=Readings.parse(raw.get("readings", {})),
        notes={},
        texts={"en": {"title": raw.get("title", raw["key"])}},
    )


_EVENTS = ("starts_on", "stops_on", "pauses_on", "resumes_on", "withdrawn_on")


def _limit(code: str | None) -> limits.Limit | None:
    return limits.parse(code) if code else None


def as_if_always(book: PolicyBook, *, with_drafts: bool) -> PolicyBook:
    """The book as it stands at its moment, as if it had stood so for ever; with its newest drafts in place of what they would replace."""
    held = {policy.key: policy for policy in book.policies()}
    if with_drafts:
        held |= {policy.key: policy for policy in _drafts(book.edition.by_version.values())}
    return _always(book, held.values())


def side_by_side(book: PolicyBook, version: Policy) -> tuple[PolicyBook, PolicyBook]:
    """The family of a version as it stands, and with the version in it; each as if it had always stood so."""
    held = {policy.key: policy for policy in book.policies()}
    mine = {one.family or one.key for one in (version, held.get(version.key)) if one}
    rivals = {key: policy for key, policy in held.items() if (policy.family or policy.key) in mine}
    return _always(book, rivals.values()), _always(book, (rivals | {version.key: version}).values())


def _always(book: PolicyBook, policies: Iterable[Policy]) -> PolicyBook:
    return replace(book, edition=Edition(replace(policy, effective_from=ALWAYS) for policy in policies))


def _drafts(policies: Iterable[Policy]) -> list[Policy]:
    """In the order of their numbers, so that the newest of a promise comes last."""
    return sorted((policy for policy in policies if policy.effective_from is None), key=lambda policy: policy.number)
