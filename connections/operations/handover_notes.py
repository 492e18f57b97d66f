"""What the one before leaves for the one after: their words, and where each application stands."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.conf import settings
from django.db.models import Count
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from fieldwork.models import Booking

from ..models import Application, Paper, Stage
from ..queries.papers import in_words
from ..states import PaperStatus, StageStatus


def notes_for(applications: Collection[Application], *, words: str, at: datetime) -> Mapping[int, str]:
    """Application -> its note, in the company's language. Three statements, however many they are."""
    keys = [one.pk for one in applications]
    stages = _running(keys)
    papers = dict(_missing(keys))
    visits = _next_visits(keys, at)
    with translation.override(settings.LANGUAGE_CODE):
        return {key: _note(words, stages.get(key, []), papers.get(key, 0), visits.get(key)) for key in keys}


def _note(words: str, stages: list[Stage], missing: int, visit: datetime | None) -> str:
    lines = [words.strip(), *(_stage(one) for one in stages)]
    if missing:
        lines.append(_("Papers still missing: %(number)s.") % {"number": missing})
    if visit:
        lines.append(_("Next visit: %(when)s.") % {"when": _moment(visit)})
    return "\n".join(line for line in lines if line)


def _stage(stage: Stage) -> str:
    name, until = in_words(stage.row.names, settings.LANGUAGE_CODE), stage.promised_until or stage.planned_for
    if until is None:
        return _("Under way: %(stage)s.") % {"stage": name}
    return _("Under way: %(stage)s, until %(when)s.") % {"stage": name, "when": _moment(until)}


def _running(keys: list[int]) -> Mapping[int, list[Stage]]:
    found: dict[int, list[Stage]] = defaultdict(list)
    for stage in Stage.objects.filter(application__in=keys, status=StageStatus.RUNNING).select_related("row"):
        found[stage.application_id].append(stage)
    return found


def _missing(keys: list[int]) -> list[tuple[int, int]]:
    wanted = Paper.objects.filter(application__in=keys, status__in=[PaperStatus.WANTED, PaperStatus.REJECTED])
    return list(wanted.values_list("application").annotate(number=Count("pk")))


def _next_visits(keys: list[int], at: datetime) -> Mapping[int, datetime]:
    standing = Booking.objects.standing().filter(visit__case__in=keys, ends_at__gt=at).order_by("-starts_at")
    return dict(standing.values_list("visit__case", "starts_at"))


def _moment(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
