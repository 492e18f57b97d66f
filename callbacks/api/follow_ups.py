"""Call backs over the API: whom to ring, what came of it, and the figures of supervisors."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.acting import Acts
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import caller, read, read_query
from accounts.api.outputs import shown
from accounts.clock import business_now
from accounts.roles import Verb
from casework import permissions as case_permissions
from casework.operations import NothingSaid, StaleRow, WrongMove

from ..models import FollowUp
from ..operations import calling, hearing, letters, links
from ..operations.holding import NotAsked
from ..permissions import WasThere
from ..queries import lists
from ..queries import results as reads
from . import examples
from .inputs import FollowUpAttemptInput, FollowUpLetterInput, FollowUpSeenInput, HearInput, ListQuery, ResultsQuery
from .outputs import FollowUpOutput, FollowUpsOutput, ResultsOutput

#: 409 where looking again may help, 422 where it will not.
_REFUSALS: dict[type[Exception], int] = {
    StaleRow: 409,
    WrongMove: 409,
    NotAsked: 409,
    calling.TooEarly: 409,
    calling.HandedAlready: 409,
    links.NoWayToWrite: 409,
    WasThere: 403,
    hearing.NotAnswered: 422,
    NothingSaid: 422,
}
_MOST = 200


def follow_up_for(request: Request, key: int, *, at: datetime) -> FollowUp:
    """One about a case the caller may see; what does not exist and what is not theirs look the same."""
    found = lists.find(key, case_permissions.visible_cases(caller(request), at))
    if found is None:
        raise Http404
    return found


def follow_up_answer(request: Request, found: FollowUp, *, at: datetime) -> Response:
    """As it stands now."""
    return Response(shown(FollowUpOutput, follow_up_for(request, found.pk, at=at)))


_ACTS = Acts(
    tag="Call backs",
    output=FollowUpOutput,
    example=("A call back", examples.FOLLOW_UP),
    bodies=examples.BODIES,
    find=follow_up_for,
    show=follow_up_answer,
)
_doc = _ACTS.doc


def _act(request: Request, key: int, given: dict[str, Any], act: Any) -> Response:
    """One call on the follow-up as the caller read it."""
    seen = given.pop("version", None)

    def carried_out(found: FollowUp, when: dict[str, Any]) -> object:
        found.version = found.version if seen is None else seen
        return act(found, given, when)

    return _ACTS.act_on(request, key, carried_out)


def _shown(example: Any) -> OpenApiExample:
    return OpenApiExample("An answer", example, response_only=True, status_codes=["200"])


@endpoint(
    "GET",
    Doc(
        operation="list_follow_ups",
        tag="Call backs",
        summary="Whom to call back (staff)",
        text="`now`, `later` (quiet hours, the pause after an attempt), `letters` (and visits), `ended`.",
        query=ListQuery,
        answers={200: FollowUpsOutput},
        examples=[_shown({"results": [examples.LINE]})],
    ),
)
@needs(Verb.HANDLE_CASES)
def list_follow_ups(request: Request) -> Response:
    at, name = business_now(), read_query(ListQuery, request)["list"]
    found = lists.follow_ups(name, case_permissions.visible_cases(caller(request), at), at=at)
    return Response(FollowUpsOutput({"results": found[:_MOST]}).data)


@endpoint(
    "GET",
    Doc(
        operation="get_follow_up_results",
        tag="Call backs",
        summary="Reached, in time, satisfied: kind by kind (supervisors)",
        query=ResultsQuery,
        answers={200: ResultsOutput},
        examples=[_shown(examples.RESULTS)],
    ),
)
@needs(Verb.SEE_BOARD)
def get_results(request: Request) -> Response:
    at, days = business_now(), read_query(ResultsQuery, request)["days"]
    rows = reads.results(since=at - timedelta(days=days), until=at, dissatisfied_to=settings.CALLBACK_DISSATISFIED_TO)
    return Response(ResultsOutput({"results": rows}).data)


@endpoint(
    "GET",
    Doc(
        operation="get_follow_up",
        tag="Call backs",
        summary="A call back: what is asked, what was said (staff)",
        answers={200: FollowUpOutput},
        problems=[404],
        examples=[_shown(examples.FOLLOW_UP)],
    ),
)
@needs(Verb.HANDLE_CASES)
def get_follow_up(request: Request, follow_up: int) -> Response:
    at = business_now()
    return follow_up_answer(request, follow_up_for(request, follow_up, at=at), at=at)


_HEAR = "What is not settled is opened again by itself, else passed on as a problem. Whoever worked on it is refused."


@endpoint("POST", _doc("hear_follow_up", "What the customer said (staff)", HearInput, _HEAR))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def hear(request: Request, follow_up: int) -> Response:
    return _act(request, follow_up, read(HearInput, request), lambda f, g, w: hearing.hear(follow_up=f, said=hearing.Said(**g), **w))


@endpoint("POST", _doc("note_follow_up_attempt", "Rung in vain (staff)", FollowUpAttemptInput, "An attempt, and no end."))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def attempt(request: Request, follow_up: int) -> Response:
    return _act(request, follow_up, read(FollowUpAttemptInput, request), lambda f, g, w: calling.note_attempt(follow_up=f, **g, **w))


@endpoint(
    "POST", _doc("hand_over_follow_up", "Give it to the hotline (staff)", FollowUpSeenInput, "It has ten minutes of its hours to try.")
)
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def hand_over(request: Request, follow_up: int) -> Response:
    return _act(request, follow_up, read(FollowUpSeenInput, request), lambda f, _g, w: calling.hand_over(follow_up=f, **w))


@endpoint("POST", _doc("send_follow_up_link", "Send the customer a link to answer by (staff)", FollowUpSeenInput))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def send_link(request: Request, follow_up: int) -> Response:
    return _act(request, follow_up, read(FollowUpSeenInput, request), lambda f, _g, w: links.send_link(follow_up=f, **w))


@endpoint("POST", _doc("give_up_follow_up", "Not reached, as often as we tried (staff)", FollowUpSeenInput))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def give_up(request: Request, follow_up: int) -> Response:
    return _act(request, follow_up, read(FollowUpSeenInput, request), lambda f, _g, w: calling.give_up(follow_up=f, **w))


@endpoint("POST", _doc("refuse_follow_up", "The customer does not want to be asked (staff)", FollowUpSeenInput))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def refuse(request: Request, follow_up: int) -> Response:
    return _act(request, follow_up, read(FollowUpSeenInput, request), lambda f, _g, w: calling.refuse(follow_up=f, **w))


@endpoint("POST", _doc("find_follow_up_number_wrong", "The number is somebody else's (staff)", FollowUpSeenInput))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def wrong_number(request: Request, follow_up: int) -> Response:
    return _act(request, follow_up, read(FollowUpSeenInput, request), lambda f, _g, w: calling.find_wrong_number(follow_up=f, **w))


@endpoint(
    "POST", _doc("write_follow_up_letter", "Ask by letter (staff)", FollowUpLetterInput, "The letter is the call back; it may be answered.")
)
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def write_letter(request: Request, follow_up: int) -> Response:
    return _act(request, follow_up, read(FollowUpLetterInput, request), lambda f, g, w: letters.write_letter(follow_up=f, **g, **w))
