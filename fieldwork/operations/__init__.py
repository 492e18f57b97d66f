"""The verbs of visits: ask for one, put it to a crew, and what the crew does at the door."""

from .offers import NobodyInCrew, SameCrew, accept, decline, lapse, offer, reassign, recall
from .visits import (
    NotOnSite,
    Place,
    UnknownOutcome,
    Wish,
    arrive,
    ask_visit,
    cancel,
    find_nobody,
    finish,
    give_back,
    made_safe,
    restored,
    set_off,
)

__all__ = [
    "NobodyInCrew",
    "NotOnSite",
    "Place",
    "SameCrew",
    "UnknownOutcome",
    "Wish",
    "accept",
    "arrive",
    "ask_visit",
    "cancel",
    "decline",
    "find_nobody",
    "finish",
    "give_back",
    "lapse",
    "made_safe",
    "offer",
    "reassign",
    "recall",
    "restored",
    "set_off",
]
