"""What a page of the section for clients is made of."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Door:
    """Where something is done or told: a title and an address."""

    title: str | Promise
    route: str
    args: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.route, args=self.args)


@dataclass(frozen=True)
class Leaf:
    """One page. ``articles`` stand on it, ``more`` are led to; ``live`` is a part of it that comes from other rooms as of now.

    ``kept`` names the page whose content people keep (notices.kept_pages), so that it says how fresh it is.
    """

    code: str
    title: str | Promise
    articles: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    doors: tuple[Door, ...] = ()
    live: str = ""
    kept: str = ""
