"""The open service score, for everybody: a month as page, CSV and JSON, every edition, the method."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.clock import business_now

from .. import score_files
from ..queries import scores
from ..queries.score_tables import tables, top
from ..queries.scores import NoScore, Score
from ..score_words import MEASURES, NOTES, SECTIONS, UNITS

#: Anybody's program may read the files from anywhere.
_OPEN = {"Access-Control-Allow-Origin": "*"}


@require_safe
def score_newest(request: HttpRequest) -> HttpResponse:
    """The newest month that is sealed, else the newest there is."""
    newest = scores.latest_month()
    if newest is None:
        return render(request, "desk/score/score.html", {"months": []})
    return _page(request, scores.score(newest))


@require_safe
def score_month(request: HttpRequest, month: date) -> HttpResponse:
    """One month in its newest edition."""
    return _page(request, _found(month, None))


@require_safe
def score_edition(request: HttpRequest, month: date, number: int) -> HttpResponse:
    """One month as it stood in an edition."""
    return _page(request, _found(month, number))


@require_safe
def score_file(_request: HttpRequest, month: date, form: str) -> HttpResponse:
    """The same numbers as CSV or JSON."""
    found = _found(month, None)
    if form == "json":
        return JsonResponse(score_files.as_json(found, settings.COMPANY["name"]), headers=_OPEN)
    if form != "csv":
        raise Http404
    return _csv(score_files.as_csv([found]), f"service-score-{found.month:%Y-%m}")


@require_safe
def score_all(_request: HttpRequest) -> HttpResponse:
    """Every month in its newest edition, in one CSV."""
    return _csv(score_files.as_csv(scores.newest(most=120)), "service-score")


@require_safe
def score_schema(_request: HttpRequest) -> HttpResponse:
    """What the JSON looks like."""
    return JsonResponse(score_files.schema(settings.SITE_URL + reverse("desk:score_schema")), headers=_OPEN)


@require_safe
def score_method(request: HttpRequest) -> HttpResponse:
    """How each number comes about, and what is not counted."""
    sections = [(code, title, NOTES.get(code, ""), MEASURES[code]) for code, title in SECTIONS.items()]
    context = {"sections": sections, "units": UNITS, "days": settings.SCORE_SEALED_AFTER_DAYS, "licence_url": score_files.LICENCE_URL}
    return render(request, "desk/score/method.html", context)


def _found(month: date, edition: int | None) -> Score:
    try:
        return scores.score(month, edition)
    except NoScore as unknown:
        raise Http404 from unknown


def _page(request: HttpRequest, found: Score) -> HttpResponse:
    at = business_now()
    context = {
        "score": found,
        "months": scores.months(),
        "tables": tables(found.figures, at=at),
        "top": top(found.figures),
        "licence_url": score_files.LICENCE_URL,
        "days": settings.SCORE_SEALED_AFTER_DAYS,
    }
    return render(request, "desk/score/score.html", context)


def _csv(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', **_OPEN}
    return HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8", headers=headers)
