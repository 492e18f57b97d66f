"""What is done with a complaint: one url for each verb; the answer is the complaint as it is then."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.acting import Acts
from accounts.api.endpoints import endpoint, needs, refuses
from accounts.api.inputs import read
from accounts.api.problems import Problem
from accounts.models import Hall, Staff
from accounts.roles import Verb
from casework import references
from casework.api.acting import REFUSALS as OF_CASES
from casework.api.idempotency import keyed
from casework.models import Case
from casework.operations import Target

from ..models import FollowUpWork
from ..operations import complaint_answers, looking_into
from ..operations.complaint_answers import Decision, NotItsWork, NowhereToSend, OnlyByLetter, Work, WorkUnclear
from ..operations.looking_into import NobodyAsked
from . import complaint_examples as examples
from .complaint_inputs import AnswerComplaintInput, AskInput, JudgeInput, RefuseComplaintInput
from .complaint_outputs import ComplaintDetailOutput
from .complaints import complaint_for, show_complaint

REFUSALS: dict[type[Exception], int] = {
    **OF_CASES,
    NobodyAsked: 422,
    NowhereToSend: 422,
    OnlyByLetter: 422,
    WorkUnclear: 422,
    NotItsWork: 409,
}
_ACTS = Acts(
    tag="Complaints",
    output=ComplaintDetailOutput,
    example=("The complaint", examples.SETTLED),
    bodies=examples.BODIES,
    find=complaint_for,
    show=show_complaint,
)


@endpoint("POST", _ACTS.doc("investigate_complaint", "Begin to look into a complaint", text="Who begins has it, where nobody has."))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def investigate(request: Request, reference: str) -> Response:
    return _ACTS.act_on(request, reference, lambda row, when: looking_into.investigate(complaint=row, **when))


@endpoint("POST", _ACTS.doc("ask_about_complaint", "Ask a department what happened", AskInput))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(REFUSALS)
def ask(request: Request, reference: str) -> Response:
    given = read(AskInput, request)
    to = Target(staff=_staff(given), hall=_hall(given), role=given.get("role", ""), note=given["question"])
    contact = given["is_to_contact"]
    return _ACTS.act_on(request, reference, lambda row, when: looking_into.inquire(complaint=row, to=to, is_to_contact=contact, **when))


@endpoint("POST", _ACTS.doc("judge_complaint", "Judge a complaint otherwise than the rules did", JudgeInput))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def judge(request: Request, reference: str) -> Response:
    given = read(JudgeInput, request)
    return _ACTS.act_on(request, reference, lambda row, when: looking_into.judge(complaint=row, **given, **when))


@endpoint(
    "POST",
    _ACTS.doc(
        "answer_complaint",
        "Answer a complaint",
        AnswerComplaintInput,
        "Without `works` it is settled at once; else when all are done. What came by petition or over an office is answered by letter.",
    ),
)
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(REFUSALS)
def answer(request: Request, reference: str) -> Response:
    given = read(AnswerComplaintInput, request)
    works = [_work(one) for one in given.pop("works", [])]
    decision = Decision(**given, works=works)
    return _ACTS.act_on(request, reference, lambda row, when: complaint_answers.answer(complaint=row, decision=decision, **when))


@endpoint("POST", _ACTS.doc("refuse_complaint", "Refuse a complaint, with the reason", RefuseComplaintInput))
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(REFUSALS)
def refuse(request: Request, reference: str) -> Response:
    decision = Decision(outcome="", **read(RefuseComplaintInput, request))
    return _ACTS.act_on(request, reference, lambda row, when: complaint_answers.refuse(complaint=row, decision=decision, **when))


@endpoint("POST", _ACTS.doc("finish_promised_work", "Say that what an answer promised in words is done"))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def work_done(request: Request, reference: str, work: int) -> Response:
    def act(row: Any, when: dict[str, Any]) -> None:
        found = FollowUpWork.objects.select_related("answer").filter(pk=work, answer__case=row.case, work=None).first()
        if found is None:
            raise NotItsWork
        complaint_answers.finish_work(work=found, **when)

    return _ACTS.act_on(request, reference, act)


def _staff(given: dict[str, Any]) -> Staff | None:
    found = Staff.objects.filter(number=given["staff"], left_at=None).first() if "staff" in given else None
    if found is None and "staff" in given:
        raise NobodyAsked
    return found


def _hall(given: dict[str, Any]) -> Hall | None:
    found = Hall.objects.filter(code=given["hall"]).first() if "hall" in given else None
    if found is None and "hall" in given:
        raise NobodyAsked
    return found


def _work(given: dict[str, Any]) -> Work:
    case = Case.objects.filter(reference=references.tidy(given["case"])).first() if given.get("case") else None
    if given.get("case") and case is None:
        raise Problem(422, "work_unclear", WorkUnclear())
    return Work(case=case, words=given["words"], promised_at=given.get("promised_at"))
