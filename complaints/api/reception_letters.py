"""Letters to the reception over the API: for portals of the city, for customers, and for the desk."""

from datetime import datetime
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

import complaints.operations.appeals
from accounts.api.acting import Acts
from accounts.api.endpoints import Doc, endpoint, refuses
from accounts.api.inputs import caller, read, read_query
from accounts.api.pages import page
from accounts.clock import business_now
from accounts.models import User
from casework import operations, permissions
from casework.api.idempotency import keyed
from casework.api.lookups import case_for
from casework.models import Origin
from sla.operations.extensions import NoMoreTime

from ..models import Appeal, DirectionQuestion
from ..operations import appeal_answers, triage
from ..operations.appeals import NewAppeal, TooLong
from ..operations.reception_ways import NobodyToAnswer
from ..queries.reception_team import specialist_for
from . import reception_examples as examples
from . import reception_inputs as inputs
from .reception_acting import colleague, desk_act, writer_of
from .reception_outputs import ReceptionLetterDetailOutput, ReceptionLetterOutput, ReceptionLetterPageOutput

#: 409 where looking again may help, 422 where it will not.
REFUSALS: dict[type[Exception], int] = {
    **dict.fromkeys((operations.StaleRow, operations.WrongMove, operations.Ended, triage.NotAsked), 409),
    **dict.fromkeys((operations.NoAnswer, operations.NothingSaid, operations.ReasonMissing, operations.NobodyNamed), 422),
    **dict.fromkeys((NobodyToAnswer, TooLong, triage.NotThen, NoMoreTime), 422),
}


def letter_for(request: Request, reference: str, *, at: datetime) -> Appeal:
    """A letter the caller may see; what does not exist and what is not theirs look the same."""
    case = case_for(request, reference, at=at)
    found = Appeal.objects.select_related("territory").filter(case=case).first()
    if found is None:
        raise Http404
    found.case = case
    return found


def _shown(request: Request, appeal: Appeal, *, at: datetime) -> Response:
    return Response(ReceptionLetterDetailOutput(letter_for(request, appeal.case.reference, at=at)).data)


_ACTS = Acts(
    tag="Reception",
    output=ReceptionLetterDetailOutput,
    example=("The letter", examples.LETTER_DETAIL),
    bodies=examples.BODIES,
    find=letter_for,
    show=_shown,
)


@endpoint(
    "POST",
    Doc(
        operation="send_letter",
        tag="Reception",
        summary="Send a question, an appeal or a review",
        text="The number of a portal (`outside`) comes once: sent again, with whatever key, it answers 200 with the letter that it "
        "made, as that is now. Everything but a review needs a way for our answer.",
        body=inputs.SendLetterInput,
        answers={201: ReceptionLetterDetailOutput, 200: ReceptionLetterDetailOutput},
        problems=[404],
        examples=[
            OpenApiExample("From the city's portal", examples.NEW_LETTER, request_only=True),
            OpenApiExample("Taken", examples.LETTER_DETAIL, response_only=True, status_codes=["201"]),
            OpenApiExample("Known", examples.LETTER_DETAIL, response_only=True, status_codes=["200"]),
        ],
    ),
)
@keyed
@refuses(REFUSALS)
def send_letter(request: Request) -> Response:
    given, at = read(inputs.SendLetterInput, request), business_now()
    names = ("form", "topic", "text", "place", "is_publishable")
    origin = given["origin"] if caller(request).is_staff else Origin.CUSTOMER
    new = NewAppeal(origin=origin, **{name: given[name] for name in names}, **writer_of(request, given, at))
    appeal = complaints.operations.appeals.send_appeal(new=new, by=caller(request), at=at)
    return Response(ReceptionLetterDetailOutput(appeal).data, status=201 if appeal.case.opened_at == at else 200)


@endpoint(
    "GET",
    Doc(
        operation="list_letters",
        tag="Reception",
        summary="Letters to the reception, the newest first",
        text="Staff who handle cases see all of them; customers their own. A portal finds its own by `outside_system` and "
        "`outside_number`.",
        query=inputs.LettersQuery,
        answers={200: ReceptionLetterPageOutput},
        examples=[
            OpenApiExample(
                "A page", {"next": None, "previous": None, "results": [examples.LETTER]}, response_only=True, status_codes=["200"]
            )
        ],
    ),
)
def list_letters(request: Request) -> Response:
    wanted, at = read_query(inputs.LettersQuery, request), business_now()
    found = Appeal.objects.filter(case__in=permissions.visible_cases(caller(request), at))
    names = ("form", "topic", "outside_system", "outside_number")
    columns = {"status": "case__status", **{name: name for name in names}}
    found = found.filter(**{column: wanted[name] for name, column in columns.items() if name in wanted})
    if wanted["unfinished"] is not None:
        found = found.filter(case__closed_at__isnull=wanted["unfinished"])
    return page(request, found.select_related("case"), ReceptionLetterOutput, ("-case__opened_at", "-pk"))


@endpoint("GET", _ACTS.doc("get_letter", "One letter to the reception"))
def get_letter(request: Request, reference: str) -> Response:
    at = business_now()
    return _shown(request, letter_for(request, reference, at=at), at=at)


def _forward(appeal: Appeal, given: dict[str, Any], when: dict[str, Any]) -> None:
    to = colleague(given["to"]) if "to" in given else specialist_for(appeal.topic, appeal.territory, at=when["at"])
    if to is None:
        raise operations.NobodyNamed
    triage.forward(appeal=appeal, to=to, question=given["question"], **when)


def _answer_for_direction(appeal: Appeal, given: dict[str, Any], when: dict[str, Any]) -> None:
    question = DirectionQuestion.objects.filter(appeal=appeal, ended_at=None).first()
    if question is None:
        raise triage.NotAsked
    question.appeal = appeal
    by: User = when["by"]
    triage.answer_for_direction(question=question, answer=given["answer"], by=by, at=when["at"])


_act = desk_act(_ACTS, REFUSALS)
decline = _act(
    "decline_letter",
    "Say why there is no answer on the merits",
    inputs.DeclineLetterInput,
    lambda a, g, w: triage.decline(appeal=a, reason=g["reason"], **w),
)
ask = _act(
    "ask_letter_writer",
    "Ask whoever wrote for what is missing",
    inputs.AskLetterInput,
    lambda a, g, w: triage.ask_applicant(appeal=a, question=g["question"], **w),
)
answer = _act(
    "answer_letter",
    "Answer a letter",
    inputs.AnswerLetterInput,
    lambda a, g, w: appeal_answers.answer_appeal(appeal=a, words=appeal_answers.Words(**g), **w),
)
forward = _act("forward_letter", "Ask the department in charge what to answer", inputs.ForwardLetterInput, _forward)
direction_answer = _act("answer_for_direction", "Tell the reception what to answer", inputs.DirectionAnswerInput, _answer_for_direction)
tell_date = _act(
    "tell_letter_date",
    "Tell the date of the answer to a hard case",
    inputs.TellDateInput,
    lambda a, g, w: triage.tell_date(appeal=a, until=g["until"], reason=g["reason"], **w),
)
