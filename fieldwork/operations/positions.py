"""Where a crew is, as its device says: to find the nearest one. Only the last place is kept."""

from datetime import datetime

from accounts.models import User

from .. import queries
from ..models import CrewPosition
from .evidence import Findings
from .syncing import NotInCrew


def note_position(*, found: Findings, by: User, at: datetime) -> None:
    """The crew's device stands here now; an earlier place is forgotten, a later one stays. Raises NotInCrew."""
    crew = queries.crews_of(by, at).first()
    if crew is None:
        raise NotInCrew
    place = {"latitude": found.latitude, "longitude": found.longitude, "accuracy": found.accuracy, "at": at}
    if not CrewPosition.objects.filter(crew=crew, at__lte=at).update(**place):
        CrewPosition.objects.get_or_create(crew=crew, defaults=place)
