"""Somewhere to go."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from accounts.roles import Verb


@dataclass(frozen=True)
class Place:
    """Somewhere to go: an entry of the menu, or a tile that says what is done there."""

    label: str | Promise
    route: str
    verb: Verb | None = None
    icon: str = "arrow-right"
    note: str | Promise = ""
    in_menu: bool = True

    @property
    def url(self) -> str:
        return reverse(self.route)


@dataclass(frozen=True)
class Chapter:
    """Places that belong together, under one heading."""

    title: str | Promise
    places: tuple[Place, ...]
