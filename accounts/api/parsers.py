"""How a body is read: JSON, of a size and depth that somebody may mean; or one file."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework import exceptions, parsers

#: What a form may hold besides the file: boundaries, headers, names.
_ENVELOPE = 10_000


class JSONParser(parsers.JSONParser):
    """REST framework's reads a body of any length and breaks on one nested a thousand deep."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        _check_length(parser_context, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise exceptions.ParseError from None


class FileParser(parsers.MultiPartParser):
    """A form with a file, which goes to disk as it comes. Refused before it is read when it says itself that it is too long."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        _check_length(parser_context, settings.ATTACHMENT_MAX_BYTES + _ENVELOPE)
        return super().parse(stream, media_type, parser_context)


def _check_length(parser_context: Mapping[str, Any] | None, most: int) -> None:
    length = parser_context["request"].META.get("CONTENT_LENGTH", "") if parser_context else ""
    if length.isdecimal() and int(length) > most:
        raise RequestDataTooBig
