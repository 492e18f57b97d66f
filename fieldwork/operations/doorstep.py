"""What a crew that is connected fills in on a page: its pictures and the step they belong to, together."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.core.files.base import File

from accounts.models import User

from ..models import Visit
from .deeds import Deed
from .photos import take_photo
from .syncing import do_now


def take_step(*, visit: Visit, deed: Deed, files: "Sequence[File[bytes]]", key: str, by: User, at: datetime) -> None:
    """Keep the pictures, then do the deed that they prove; sent again with the same key, nothing is done twice.

    Pictures first: they stay, whatever becomes of the step. Raises NotTaken, AnotherPhoto, Refused, NotInCrew, Forbidden.
    """
    keys = [f"{key}-{place}" for place in range(len(files))]
    for name, file in zip(keys, files, strict=True):
        take_photo(visit=visit, key=name, file=file, by=by, at=at)
    do_now(deed=replace(deed, found=replace(deed.found, photos=tuple(keys))), key=key, by=by, at=at)
