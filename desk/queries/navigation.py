"""Where a reader may go: the entries of the menu and the tiles of the workbench, by what they are allowed to do."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

import accounts.permissions
from accounts.models import User

from .place import Chapter, Place
from .staff_places import CHAPTERS

STAFF = tuple(place for chapter in CHAPTERS for place in chapter.places)
CUSTOMER = (  # five, and no more
    Place(_("My gas"), "desk:cabinet"),
    Place(_("Purchases"), "desk:cabinet_purchases"),
    Place(_("Card"), "desk:cabinet_cards"),
    Place(_("My requests"), "casework:request_list"),
    Place(_("My details"), "desk:cabinet_details"),
)
PUBLIC = (
    Place(_("For clients"), "desk:clients"),
    Place(_("News"), "desk:news"),
    Place(_("Prices"), "billing:tariff_list"),
    Place(_("Halls"), "accounts:hall_list"),
    Place(_("No gas?"), "repairs:public_outages"),
    Place(_("Virtual reception"), "complaints:reception"),
    Place(_("Help"), "notices:help"),
    Place(_("Look up a request"), "casework:track"),
)


def places(user: User | AnonymousUser, *, at: datetime) -> list[Place]:
    """Everywhere this reader may go."""
    if not user.is_authenticated:
        return list(PUBLIC)
    if not user.is_staff:
        return list(CUSTOMER)
    verbs = accounts.permissions.verbs_of(user, at)
    return [place for place in STAFF if place.verb in verbs]


def chapters(found: Sequence[Place]) -> list[Chapter]:
    """A member of staff's places under their headings; headings with none are left out."""
    kept = (Chapter(chapter.title, tuple(place for place in chapter.places if place in found)) for chapter in CHAPTERS)
    return [chapter for chapter in kept if chapter.places]


def here(found: Sequence[Place], path: str) -> Place | None:
    """The place under which a path lies: the longest that fits."""
    return max((place for place in found if path.startswith(place.url)), key=lambda place: len(place.url), default=None)
