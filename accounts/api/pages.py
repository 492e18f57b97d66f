"""Long lists, a page at a time: the cursor stays right while rows are added."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from .inputs import Input
from .problems import Problem


def bad_cursor() -> Problem:
    """A cursor that no answer of ours held."""
    return Problem(400, "bad_cursor", _("This cursor is not one of ours. Start without one."))


class PageQuery(Input):
    """Which page of a list; a list's own query says which rows."""

    cursor = serializers.CharField(required=False, help_text="from `next` or `previous`")
    limit = serializers.IntegerField(required=False, min_value=1, max_value=200, help_text="rows on a page")


class CursorPages(CursorPagination):
    """``?cursor=`` from the answer's ``next`` or ``previous``, ``?limit=`` up to 200."""

    page_size = 50
    page_size_query_param = "limit"
    max_page_size = 200

    def decode_cursor(self, request: Request) -> Any:
        try:
            return super().decode_cursor(request)
        except exceptions.NotFound:
            raise bad_cursor() from None


def page[M: Model](request: Request, rows: QuerySet[M], serializer: type[Serializer[M]], ordering: tuple[str, ...]) -> Response:
    """One page of rows, ordered by columns that do not change, with the addresses of the next and the previous one."""
    pages = CursorPages()
    pages.ordering = ordering
    try:
        found: Any = pages.paginate_queryset(rows, request)
    except (ValidationError, ValueError):  # a cursor somebody made up: its position is no moment
        raise bad_cursor() from None
    return pages.get_paginated_response(serializer(found, many=True).data)
