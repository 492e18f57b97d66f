"""What letters and applications for services have in common over the API: who writes, which version was looked at, acts of the desk."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

import accounts.queries
from accounts.api.acting import Acts
from accounts.api.endpoints import endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.models import Staff
from accounts.permissions import Forbidden
from accounts.roles import Verb
from casework import operations
from casework.api.idempotency import keyed
from casework.api.lookups import account_for
from casework.models import Channel

from ..operations.reception_ways import Outside

#: Takes the row, what was sent, and ``by`` and ``at``.
type Deed = Callable[[Any, dict[str, Any], dict[str, Any]], object]


def desk_act(acts: Acts[Any, str], refusals: Mapping[type[Exception], int]) -> Callable[[str, str, type[Input], Deed], Any]:
    """Makes the endpoints of what the desk does with such a row: operation, summary, what is sent, and what is done."""

    def made(operation: str, summary: str, body: type[Input], deed: Deed) -> Any:
        @endpoint("POST", acts.doc(operation, f"{summary} (staff)", body))
        @needs(Verb.HANDLE_CASES)
        @keyed
        @refuses(dict(refusals))
        def view(request: Request, reference: str) -> Response:
            given = read(body, request)

            def checked(row: Any, when: dict[str, Any]) -> None:
                check_version(row, given)
                deed(row, given, when)

            return acts.act_on(request, reference, checked)

        return view

    return made


def writer_of(request: Request, given: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Who writes, by the names of ``Sender``: customers for themselves, staff and portals for anybody."""
    user, outside = caller(request), given.get("outside")
    if outside and not user.is_staff:
        raise Forbidden(_("Only other systems and our staff send numbers of other systems."))
    return {
        **{name: given[name] for name in ("name", "phone", "email", "language")},
        "account": account_for(request, given["account"], at=at) if "account" in given else None,
        "channel": given.get("channel", Channel.API) if user.is_staff else Channel.API,
        "asker": None if user.is_staff else user,
        "outside": Outside(outside["system"], outside["number"]) if outside else None,
    }


def check_version(row: Any, given: dict[str, Any]) -> None:
    """Take the version out of what was sent. Raises StaleRow where another one was looked at."""
    if given.pop("version", row.case.version) != row.case.version:
        raise operations.StaleRow


def colleague(number: str) -> Staff:
    """By staff number; 404 for nobody."""
    try:
        return accounts.queries.get_staff(number)
    except accounts.queries.StaffNotFound:
        raise Http404 from None
