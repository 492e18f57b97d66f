"""What finance takes along for a period, as CSV: the same sheets as on the pages."""

from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.decorators import renderer_classes
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

import billing.queries.exports
from accounts.api.endpoints import Doc, endpoint, needs
from accounts.api.inputs import Input, read_query
from accounts.api.problems import Problem
from accounts.models import Hall
from accounts.roles import Verb

from ..export_forms import MOST_DAYS
from ..models import Book
from ..queries.exports import Sheet, Wanted
from ..spreadsheets import csv_chunks


class CsvRenderer(BaseRenderer):
    """So that Accept: text/csv is agreed to; the view hands out the lines itself."""

    media_type = "text/csv"
    format = "csv"
    render_style = "binary"


class ExportQuery(Input):
    """Which days, both included, at most a year; and of which hall or book only."""

    first = serializers.DateField()
    last = serializers.DateField()
    hall = serializers.SlugRelatedField(
        queryset=Hall.objects.all(), slug_field="code", required=False, default=None, help_text="the code of a hall"
    )
    book = serializers.ChoiceField(Book.choices, required=False, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["last"] < attrs["first"]:
            raise serializers.ValidationError({"last": [_("The last day must not lie before the first.")]}, code="too_early")
        if (attrs["last"] - attrs["first"]).days >= MOST_DAYS:
            raise serializers.ValidationError({"last": [_("A year at most can be taken along at once.")]}, code="too_late")
        return attrs


@endpoint(
    "GET",
    Doc(
        operation="get_export",
        tag="Ledger",
        summary="A sheet of the books for a period, as CSV",
        text=f"`{'`, `'.join(sheet.value for sheet in Sheet)}`. The first line names the columns; amounts are in whole currency with "
        "two decimals, nobody is named. Streamed line by line, in UTF-8 with a mark at its beginning.",
        query=ExportQuery,
        answers={(200, "text/csv"): OpenApiTypes.BINARY},
        problems=[404],
    ),
)
@renderer_classes([CsvRenderer])
@needs(Verb.SEE_LEDGER)
def get_export(request: Request, sheet: str) -> HttpResponseBase:
    if sheet not in set(Sheet):
        raise Problem(404, "not_found", _("There is no such sheet."))
    wanted = Wanted(**read_query(ExportQuery, request))
    name = f"{sheet}-{wanted.first.isoformat()}-{wanted.last.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    chunks = csv_chunks(billing.queries.exports.rows_of(Sheet(sheet), wanted))
    return StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8", headers=headers)
