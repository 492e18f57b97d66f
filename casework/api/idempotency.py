"""The Idempotency-Key header (IETF draft-ietf-httpapi-idempotency-key-header): a request repeated is answered, not done again."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.files.base import File
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

import casework.operations
from accounts.api.endpoints import header
from accounts.api.inputs import caller
from accounts.api.problems import Problem
from accounts.clock import business_now
from casework import references
from casework.operations import Answer, KeyReused

HEADER = header(
    "Idempotency-Key",
    "1 to 80 printable characters, new for each thing you mean to do (a UUID is fine). Sending the same request with the same key "
    "again gives the same answer, with the header `Idempotent-Replayed: true`, and does nothing. Kept for 7 days.",
    required=True,
)
_KEY = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,80}")


def key_of(request: Request) -> str:
    """The key, bare or in the quotes the draft asks for. Raises a 428 problem without one, 400 for one that cannot be kept."""
    given = request.headers.get("Idempotency-Key", "").strip()
    if not given:
        raise Problem(428, "key_missing", _("Send an Idempotency-Key header, so that a repeat does no harm."))
    key = given[1:-1] if len(given) > 1 and given[0] == given[-1] == '"' else given
    if not _KEY.fullmatch(key):
        raise Problem(400, "bad_key", _("An idempotency key has 1 to 80 printable characters, without spaces, quotes or backslashes."))
    return key


def unique_key(request: Request) -> str:
    """The key made unique among all callers: for an operation that keeps it under a constraint of its own."""
    return f"{caller(request).actor_label}:{key_of(request)}"


def keyed(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Carry the request out once for its key; a repeat gets the very same bytes. A refusal is not kept: it may be tried again."""
    return _keyed(handler, looks_first=True)


def keyed_by_its_act(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The same, a statement cheaper, for an act that leaves nothing outside of the database: a repeat does it again and is undone."""
    return _keyed(handler, looks_first=False)


def keyed_below(handler: Callable[..., Any]) -> Callable[..., Any]:
    """The key is kept by the row that the operation makes (``unique_key``): an answer kept in one transaction with the act would hold
    that open while somebody else's computer is asked."""
    handler.headers = (HEADER,)  # type: ignore[attr-defined]
    handler.refused = {400, 428, *getattr(handler, "refused", ())}  # type: ignore[attr-defined]
    return handler


def _keyed(handler: Callable[..., Any], *, looks_first: bool) -> Callable[..., Any]:
    @wraps(handler)
    def once(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = {"caller": caller(request).actor_label, "key": key_of(request), "fingerprint": _fingerprint(request)}

        def act() -> Answer:
            answer = handler(request, *args, **kwargs)
            # As text: a JSON column may reorder the members, and a repeat is to have the same bytes.
            return Answer(answer.status_code, JSONRenderer().render(answer.data).decode(), _case_of(kwargs, answer.data))

        try:
            answer = casework.operations.answer_once(**asked, at=business_now(), act=act, looks_first=looks_first)
        except KeyReused as refusal:
            raise Problem(422, "key_reused", refusal) from refusal
        if answer.body is None:
            raise Problem(409, "erased", _("This was done; what was answered has been erased since."))
        response = HttpResponse(answer.body, status=answer.status_code, content_type="application/json")
        if answer.is_repeated:
            response["Idempotent-Replayed"] = "true"
        return response

    once.headers = (HEADER,)  # type: ignore[attr-defined]
    once.refused = {400, 409, 422, 428, *getattr(handler, "refused", ())}  # type: ignore[attr-defined]
    return once


def _case_of(kwargs: Mapping[str, Any], data: Any) -> str:
    """The reference of the case that an answer tells of: the one asked about, or the one just opened."""
    told = data.get("reference") if isinstance(data, dict) else None
    return references.tidy(str(kwargs.get("reference") or told or ""))


def _fingerprint(request: Request) -> str:
    # In ASCII: half of a surrogate pair is JSON, and has no bytes of its own.
    words = json.dumps([request.method, request.path, request.data], sort_keys=True, default=_file_words)
    return hashlib.sha256(words.encode()).hexdigest()


def _file_words(file: "File[bytes]") -> list[str | None]:
    """A file by its name and what is in it, read a piece at a time."""
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    return [file.name, digest.hexdigest()]
