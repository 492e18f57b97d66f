"""How well we kept our word: charts, the same numbers as tables, and as files without anybody's name."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from accounts.clock import business_now
from accounts.models import Hall
from accounts.roles import Verb
from accounts.views.guards import MemberRequest, staff_with

from .. import charts, permissions
from ..queries import teams
from ..queries.board import Looking, count_overdue
from ..queries.trends import GROUPS, PERIODS, Asked, Trends, trends
from .halls import chosen_hall

_BY = {"promise": _("Promise"), "area": _("Area"), "segment": _("Customers"), "hall": _("Hall"), "team": _("Team"), "person": _("Person")}
_HEAD = ("code", "kept", "kept with more time", "broken", "share kept, %", "change, points", "p50, s", "p90, s", "p99, s", "owed")


@require_safe
@staff_with(Verb.SEE_BOARD)
def trends_page(request: MemberRequest) -> HttpResponse:
    """The last days by promise, area, segment, hall, team or person."""
    at = business_now()
    asked = _asked(request, at)
    found = trends(asked, at=at)
    last_day = timezone.localdate(at)
    first_day = last_day - timedelta(days=asked.days - 1)
    context = {
        "trends": found,
        "asked": asked,
        "columns": _columns(found, asked, first_day),
        "first_day": first_day,
        "last_day": last_day,
        "groups": [(key, _BY[key]) for key in GROUPS],
        "by": _BY[asked.by],
        "periods": PERIODS,
        "open_and_late": count_overdue(Looking(hall=asked.hall, team=asked.team), at),
        "teams": teams.choices(teams.teams_at(at), chosen_hall(request, at).code),
        "halls": list(Hall.objects.order_by("code")) if permissions.sees_every_hall(request.user, at=at) else [],
        "chosen_hall": request.GET.get("hall", ""),
    }
    return render(request, "sla/trends.html", context)


@require_safe
@staff_with(Verb.SEE_BOARD)
def trends_file(request: MemberRequest, form: str) -> HttpResponse:
    """The table as CSV or XLSX: codes and staff numbers, no names."""
    at = business_now()
    asked = _asked(request, at)
    rows = [_HEAD, *_rows(trends(asked, at=at))]
    name = f"kept-by-{asked.by}-{timezone.localdate(at).isoformat()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
    if form != "xlsx":
        raise Http404
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(_workbook(rows), content_type=kind, headers=headers)


def _asked(request: MemberRequest, at: datetime) -> Asked:
    given = request.GET
    by, days = given.get("by", "promise"), given.get("days", "28")
    return Asked(
        days=int(days) if days in {str(period) for period in PERIODS} else 28,
        by=by if by in GROUPS else "promise",
        hall=chosen_hall(request, at).key,
        promise=given.get("promise", "")[:8],
        team=given.get("team", "")[:48],
    )


def _columns(found: Trends, asked: Asked, first: date) -> list[charts.Column]:
    days = [(day, score.kept - score.extended, score.extended, score.broken) for day, score in found.days]
    return charts.columns(days, first, asked.days)


def _rows(found: Trends) -> Iterator[Sequence[Any]]:
    for line in found.lines:
        score = line.score
        yield (
            *(line.code, score.kept, score.extended, score.broken),
            *(_rounded(score.share), _rounded(line.change), *line.within, Decimal(score.cost) / 100),
        )


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 1)


def _workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
