"""What an endpoint takes. Names it does not know are refused: a misspelt field must not be a silent default."""

from functools import cache
from typing import Any, cast

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request

from .. import models
from .problems import Problem, field_errors


class Input(serializers.Serializer[Any]):
    """The body or the query of one operation."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError({name: [_("There is no such field.")] for name in unknown}, code="unknown_field")
        return super().to_internal_value(data)


def caller(request: Request) -> models.User:
    """Who has signed in; only for endpoints that strangers cannot reach."""
    return cast("models.User", request.user)


def read(kind: type[Input], request: Request) -> dict[str, Any]:
    """The body, checked. Raises the 400 problem with a pointer to each wrong field."""
    if isinstance(request.data, dict):
        # The fields are made once for a process: making them costs more than using them.
        found: dict[str, Any] = _reader(kind).run_validation(request.data)
        return found
    other = kind(data=request.data)
    other.is_valid(raise_exception=True)
    checked: dict[str, Any] = other.validated_data
    return checked


@cache
def _reader(kind: type[Input]) -> Input:
    return kind()


def read_query(kind: type[Input], request: Request) -> dict[str, Any]:
    """The query parameters, checked; unknown ones are ignored, as links grow them. Raises the 400 problem."""
    known = set(kind().get_fields())
    found = kind(data={name: value for name, value in request.query_params.items() if name in known})
    if not found.is_valid():
        errors = [{"parameter": error.pop("pointer")[2:], **error} for error in field_errors(found.errors)]
        raise Problem(400, "invalid", _("A parameter of the address is wrong; see the errors."), errors=errors)
    checked: dict[str, Any] = found.validated_data
    return checked
