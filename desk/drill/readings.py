"""What the API says at the end about everything that was reported: the numbers of the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .evening import Cast


@dataclass(frozen=True)
class Readings:
    """By reference the repairs and the promises on them, by key the visits with everybody who was asked; deeds that came late."""

    repairs: Mapping[str, dict[str, Any]]
    promises: Mapping[str, list[dict[str, Any]]]
    visits: Mapping[int, dict[str, Any]]
    deeds: Mapping[str, str]

    def answers(self, answer: str) -> int:
        """How many crews answered so, over all visits."""
        return sum(offer["answer"] == answer for visit in self.visits.values() for offer in visit["offers"])

    def states(self, state: str) -> list[dict[str, Any]]:
        """The promises that stand so."""
        return [one for promises in self.promises.values() for one in promises if one["state"] == state]


def read_all(cast: Cast) -> Readings:
    """Ask for each of them."""
    desk, dispatcher = cast.hotline.device, cast.dispatcher
    references = list(cast.hotline.calls)
    return Readings(
        {reference: desk.get(f"repairs/{reference}/") for reference in references},
        {reference: desk.get(f"cases/{reference}/promises/")["results"] for reference in references},
        {key: dispatcher.device.get(f"visits/{key}/") for key in dispatcher.visits},
        {key: outcome for crew in cast.crews for key, outcome in crew.synced.items()},
    )


def moment(text: str | None) -> datetime | None:
    """A moment of the API."""
    return datetime.fromisoformat(text) if text else None
