"""Questions to departments, for desks of other makers: ask, look what waits, answer."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import casework.permissions
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.api.problems import Problem
from accounts.clock import business_now
from accounts.roles import Role, Verb
from casework.api.idempotency import keyed
from casework.references import tidy

from ..models import AskedQuestion
from ..operations import knowledge_questions
from ..operations.knowledge_questions import NewQuestion, NoLongerOpen
from ..operations.knowledge_writing import NothingWritten
from ..queries import articles
from . import knowledge_examples as examples
from .knowledge_outputs import AskedQuestionOutput, AskedQuestionsOutput

_TAG = "Knowledge base"
_REFUSALS = {NoLongerOpen: 409, NothingWritten: 422}


class AskDepartmentInput(Input):
    """A question as others will ask it too: no names, phones or addresses."""

    text = serializers.CharField(max_length=2_000)
    language = serializers.ChoiceField([("en", "en"), ("zh-hans", "zh-hans"), ("ru", "ru")])
    department = serializers.ChoiceField(Role.choices)
    case = serializers.CharField(max_length=20, required=False, allow_blank=True, default="", help_text="reference of the case that waits")


class DepartmentAnswerInput(Input):
    """A department's answer; it becomes the draft of an article."""

    answer = serializers.CharField(max_length=8_000)


@endpoint(
    "GET",
    Doc(operation="list_questions", tag=_TAG, summary="Questions that departments owe an answer", answers={200: AskedQuestionsOutput}),
)
@needs(Verb.WRITE_KNOWLEDGE)
def list_questions(request: Request) -> Response:
    rows = articles.open_questions().select_related("article")
    return Response(AskedQuestionsOutput({"results": rows}).data)


@endpoint(
    "POST",
    Doc(
        operation="ask_department",
        tag=_TAG,
        summary="Ask a department what no article answers",
        body=AskDepartmentInput,
        answers={201: AskedQuestionOutput},
        problems=[404],
        examples=[
            OpenApiExample("A question", examples.QUESTION, request_only=True),
            OpenApiExample("Asked", examples.ASKED, response_only=True, status_codes=["201"]),
        ],
    ),
)
@needs(Verb.WRITE_KNOWLEDGE)
@keyed
@refuses(_REFUSALS)
def ask_department(request: Request) -> Response:
    wish, by, at = read(AskDepartmentInput, request), caller(request), business_now()
    case = None
    if reference := wish.pop("case"):
        case = casework.permissions.visible_cases(by, at).filter(reference=tidy(reference)).first()
        if case is None:
            raise Problem(404, "not_found", _("There is no such case."))
    asked = knowledge_questions.ask_department(question=NewQuestion(case=case, **wish), by=by, at=at)
    return Response(AskedQuestionOutput(asked).data, status=201)


@endpoint(
    "POST",
    Doc(
        operation="answer_question",
        tag=_TAG,
        summary="Answer a question",
        text="Whoever asked hears it at once; a second person publishes the article.",
        body=DepartmentAnswerInput,
        answers={200: AskedQuestionOutput},
        problems=[404],
        examples=[
            OpenApiExample("An answer", examples.ANSWER, request_only=True),
            OpenApiExample("Answered", examples.ANSWERED, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.WRITE_KNOWLEDGE)
@refuses(_REFUSALS)
def answer_question(request: Request, question: int) -> Response:
    found = AskedQuestion.objects.select_related("case").filter(pk=question).first()
    if found is None:
        raise Problem(404, "not_found", _("There is no such question."))
    answer = read(DepartmentAnswerInput, request)["answer"]
    knowledge_questions.answer_question(question=found, answer=answer, by=caller(request), at=business_now())
    return Response(AskedQuestionOutput(found).data)
