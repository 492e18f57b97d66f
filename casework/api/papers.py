"""Papers that are missing: told at once, handed in, complete."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import endpoint, needs, refuses
from accounts.api.inputs import Input, read
from accounts.roles import Verb

from .. import operations
from ..operations import Paper, Telling
from .acting import REFUSALS, act_on, doc_of
from .acts import MEANS
from .idempotency import keyed


class PaperInput(Input):
    """A paper, and what is wrong with it; without a remark it is not there."""

    name = serializers.CharField(max_length=120)
    remark = serializers.CharField(max_length=300, required=False, default="")


class MissingPapersInput(Input):
    """The whole list. `reason` only when somebody who approves asks for what an earlier list forgot."""

    papers = PaperInput(many=True)
    means = serializers.ChoiceField(MEANS, help_text="how the customer learns it")
    reason = serializers.CharField(max_length=300, required=False, default="")


class ReceivedPapersInput(Input):
    """Which papers of the list have come."""

    names = serializers.ListField(child=serializers.CharField(max_length=120), min_length=1, max_length=100)


@endpoint(
    "POST",
    doc_of(
        "return_papers",
        "Tell the customer everything that is missing, at once (staff)",
        MissingPapersInput,
        "The customer is written to as well where we know a way. Promises that need complete papers fall away until they are there. "
        "A later list may name what an earlier one named and files that came since, by their names; anything else is 422 "
        "`said_too_late`, unless somebody who approves, and did not make the first list, gives a reason.",
    ),
)
@needs(Verb.HANDLE_CASES)
@keyed
@refuses(REFUSALS)
def return_papers(request: Request, reference: str) -> Response:
    given = read(MissingPapersInput, request)
    telling = Telling(papers=[Paper(**paper) for paper in given.pop("papers")], **given)
    return act_on(request, reference, lambda case, when: operations.return_papers(case=case, telling=telling, **when))


@endpoint("POST", doc_of("receive_papers", "Note which missing papers have come (staff)", ReceivedPapersInput))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def receive_papers(request: Request, reference: str) -> Response:
    names = read(ReceivedPapersInput, request)["names"]
    return act_on(request, reference, lambda case, when: operations.receive_papers(case=case, names=names, **when))


@endpoint("POST", doc_of("complete_papers", "All papers are there: promises that waited for them begin (staff)"))
@needs(Verb.HANDLE_CASES)
@refuses(REFUSALS)
def complete_papers(request: Request, reference: str) -> Response:
    return act_on(request, reference, lambda case, when: operations.complete_papers(case=case, **when))
