"""What an applicant can have us do for them (CON-08): voluntary, free of charge, taken back at any time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MandateDeed(models.TextChoices):
    """One thing we do in the applicant's place."""

    PAPERS = "papers", _("get the papers together and hand them in")
    APPROVALS = "approvals", _("apply for the approvals of the project")
    DRAWINGS = "drawings", _("have the drawings reviewed")
    VISITS = "visits", _("agree times for visits")
    ACCEPTANCE = "acceptance", _("be there when the connection is accepted")


class SignedHow(models.TextChoices):
    """How the applicant gave it."""

    DRAWN = "drawn", pgettext_lazy("mandate", "signed on the screen")
    PAPER = "paper", pgettext_lazy("mandate", "signed on paper")
    CABINET = "cabinet", pgettext_lazy("mandate", "confirmed in the cabinet")


@dataclass(frozen=True, kw_only=True)
class Signing:
    """What for (MandateDeed; none: all of it), how it was signed, and the drawing or the picture of the paper."""

    how: str
    deeds: Sequence[str] = ()
    file: "File[bytes] | None" = None


def in_words(deeds: Iterable[str]) -> list[str]:
    """What a mandate is for; none named is all of it."""
    named = set(deeds) or set(MandateDeed.values)
    return [str(deed.label) for deed in MandateDeed if deed in named]
