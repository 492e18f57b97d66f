"""The slip that somebody takes home from the hall: reference, code, what was promised by when, which papers are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

import casework.queries
from accounts.models import User
from casework import kinds, permissions, references
from casework.models import Case, NamedPaper
from sla.queries.standings import Standing, standings


@dataclass(frozen=True)
class Slip:
    """All that stands on it, in the language of whoever takes it. Nobody's name and words: it may be lost on the way."""

    case: Case
    language: str
    reference: str
    code: str
    kind: str
    company: str
    hotline: str
    promises: Sequence[Standing]
    missing: Sequence[NamedPaper]
    track_url: str
    qr: SafeString
    printed_at: datetime


def slip_for(user: User, reference: str, *, at: datetime) -> Slip:
    """For staff who handle the case. Raises CaseNotFound, also when its personal data is erased: its code opens nothing any more."""
    visible = permissions.visible_cases(user, at).filter(erased_at=None)
    case = casework.queries.get_case(references.tidy(reference), visible)
    with translation.override(case.language or settings.LANGUAGE_CODE):
        return _slip(case, at)


def _slip(case: Case, at: datetime) -> Slip:
    url = settings.SITE_URL + reverse("casework:track")
    # The reference alone opens nothing; the code is typed in by whoever holds the slip, and stands in no address.
    qr = segno.make(f"{url}?reference={case.reference}", error="m", micro=False)
    return Slip(
        case=case,
        language=translation.get_language() or settings.LANGUAGE_CODE,
        reference=references.grouped(case.reference),
        code=references.grouped(case.tracking_code),
        kind=str(kinds.kind(case.kind).label),
        company=settings.COMPANY["name"],
        hotline=settings.COMPANY["hotline"],
        promises=[one for one in standings(case.timeline_id, at=at, public=True) if one.is_open],
        missing=casework.queries.missing_papers(case),
        track_url=url,
        qr=mark_safe(qr.svg_inline(border=0, omitsize=True)),
        printed_at=at,
    )
