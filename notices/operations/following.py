"""Hear of places besides one's own doors, and stop hearing of them."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer, Territory

from ..models import FollowedPlace

#: Of one customer.
MOST = 20


class TooManyPlaces(Exception):
    """Who follows everything follows nothing."""

    def __init__(self) -> None:
        super().__init__(_("You follow %(count)s places already. Stop one first, or choose a larger one around them.") % {"count": MOST})


@transaction.atomic
def follow(*, people: Collection[Customer], place: Territory, at: datetime) -> None:
    """These hear of the place from now on, each once. Raises TooManyPlaces."""
    for person in people:
        if FollowedPlace.objects.filter(customer=person).exclude(territory=place).count() >= MOST:
            raise TooManyPlaces
        FollowedPlace.objects.get_or_create(customer=person, territory=place, defaults={"since": at})


def unfollow(*, people: Collection[Customer], place: int) -> None:
    """These hear of the place (its key) no more; of their own doors they do."""
    FollowedPlace.objects.filter(customer__in=people, territory=place).delete()
