"""What is done with a repair: one url for each verb; the answer is the repair as it is then. And gas to be turned on again."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

import repairs.operations.restoring
from accounts.api.acting import Acts
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.clock import business_now
from accounts.roles import Verb
from casework import references
from casework.api.idempotency import keyed
from casework.api.lookups import account_for
from casework.models import Channel, Urgency
from casework.operations import NothingSaid, Opening, ReasonMissing, StaleRow, WrongMove

from ..models import Repair, Restoration
from ..operations import closing, disputes, following, ordering, standing_alone
from ..queries.reported import lead_of
from ..states import RESTORATION
from . import examples
from .lookups import repair_answer, repair_for, restoration_answer, restoration_for
from .outputs import RepairOutput, RestorationOutput

#: 409 where looking again may help, 422 where it will not.
_REFUSALS: dict[type[Exception], int] = {
    StaleRow: 409,
    WrongMove: 409,
    following.NotAlike: 409,
    standing_alone.NotFollowing: 409,
    ordering.NothingToSend: 409,
    ordering.UnknownClass: 422,
    closing.NotMended: 409,
    closing.NoHonestEnd: 409,
    closing.RingFirst: 409,
    disputes.KnownAlready: 409,
    closing.OnlyTheCustomer: 403,
    closing.OwnWork: 403,
    closing.OwnWords: 403,
    NothingSaid: 422,
    ReasonMissing: 422,
}


class ClassInput(Input):
    """The desk's judgement over triage's."""

    urgency = serializers.ChoiceField(Urgency.choices)
    classification = serializers.ChoiceField(Repair.Class.choices)


class FollowInput(Input):
    """Which report it goes along with. Customers leave it out: the one that `may_follow` spoke of."""

    lead = serializers.CharField(max_length=16, required=False)


class WordsInput(Input):
    """In a few words."""

    words = serializers.CharField(max_length=1_000)


class RestorationInput(Input):
    """Whose gas, and why it was off."""

    account = serializers.CharField(max_length=10)
    cause = serializers.ChoiceField(Restoration.Cause.choices)
    text = serializers.CharField(max_length=2_000, required=False, default="", allow_blank=True)
    channel = serializers.ChoiceField(Channel.choices, default=Channel.API)
    urgency = serializers.ChoiceField(Urgency.choices, default=Urgency.NORMAL)


_ACTS = Acts(
    tag="Repairs", output=RepairOutput, example=("The repair", examples.REPAIR), bodies=examples.BODIES, find=repair_for, show=repair_answer
)
_doc, _do = _ACTS.doc, _ACTS.act_on


@endpoint("POST", _doc("order_repair", "Make a report an order (staff)", text="Its time limits run from now, and a crew is asked for."))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def order_repair(request: Request, reference: str) -> Response:
    return _do(request, reference, lambda repair, when: ordering.order(repair=repair, **when))


@endpoint("POST", _doc("release_repair", "Let a report through (dispatchers)", text="One that was set aside, or lies outside our area."))
@needs(Verb.DISPATCH)
@refuses(_REFUSALS)
def release_repair(request: Request, reference: str) -> Response:
    return _do(request, reference, lambda repair, when: ordering.release(repair=repair, **when))


@endpoint("POST", _doc("send_again", "Ask for a crew again (staff)", text="After nobody opened. Nothing happens where one is asked for."))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def send_again(request: Request, reference: str) -> Response:
    return _do(request, reference, lambda repair, when: ordering.send_again(repair=repair, **when))


@endpoint("POST", _doc("classify_repair", "Correct class and urgency (staff)", ClassInput, "Promises are chosen anew; time gone stays."))
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def classify_repair(request: Request, reference: str) -> Response:
    given = read(ClassInput, request)
    return _do(request, reference, lambda repair, when: ordering.classify(repair=repair, **given, **when))


_CONFIRM = "The customer's own word. Staff write down what they heard in a call at `/call-backs/`."


@endpoint("POST", _doc("confirm_repair", "It is mended (customers)", text=_CONFIRM))
@refuses(_REFUSALS)
def confirm_repair(request: Request, reference: str) -> Response:
    def act(repair: Repair, when: dict[str, Any]) -> object:
        if caller(request).is_staff:
            raise closing.OnlyTheCustomer
        return closing.confirm_by_customer(repair=repair, **when)

    return _do(request, reference, act)


_DISPUTE = "The same case goes on, with another visit; for a while also after it was closed. Who said so often is rung first."


@endpoint("POST", _doc("dispute_repair", "It does not work after all", WordsInput, _DISPUTE))
@refuses(_REFUSALS)
def dispute_repair(request: Request, reference: str) -> Response:
    given = read(WordsInput, request)
    return _do(request, reference, lambda repair, when: disputes.dispute(repair=repair, **given, **when))


@endpoint(
    "POST",
    _doc(
        "conclude_repair",
        "Close what was not mended (staff)",
        WordsInput,
        "No fault, not ours, nobody home, reported before: said as it is.",
    ),
)
@needs(Verb.HANDLE_CASES)
@refuses(_REFUSALS)
def conclude_repair(request: Request, reference: str) -> Response:
    words = read(WordsInput, request)["words"]
    return _do(request, reference, lambda repair, when: closing.conclude(repair=repair, reason=words, **when))


@endpoint(
    "POST",
    _doc(
        "follow_repair",
        "Go along with an earlier report of the same trouble",
        FollowInput,
        "Nothing is merged: case and promises stay. An emergency at another door keeps its own crew.",
    ),
)
@refuses(_REFUSALS)
def follow_repair(request: Request, reference: str) -> Response:
    wanted = read(FollowInput, request).get("lead") if caller(request).is_staff else None

    def act(repair: Repair, when: dict[str, Any]) -> None:
        lead = _lead(wanted) if wanted else lead_of(repair, at=when["at"])
        if lead is None:
            raise following.NotAlike
        following.follow(repair=repair, lead=lead, **when)

    return _do(request, reference, act)


@endpoint("POST", _doc("stand_alone", "Stand by itself again", text="It was another trouble: a crew is asked for, unless one is."))
@refuses(_REFUSALS)
def stand_alone(request: Request, reference: str) -> Response:
    return _do(request, reference, lambda repair, when: standing_alone.stand_alone(repair=repair, **when))


def _lead(reference: str) -> Repair:
    found = Repair.objects.select_related("case", "follows__case").filter(case__reference=references.tidy(reference)).first()
    if found is None:
        raise Http404
    return found


@endpoint(
    "POST",
    Doc(
        operation="accept_restoration",
        tag="Repairs",
        summary="Accept that gas is to be turned on again (staff)",
        text="Its time runs from now, or from when work starts again when it is accepted after 17:00 (16:00 in the country).",
        body=RestorationInput,
        answers={201: RestorationOutput},
        problems=[404],
        examples=[
            OpenApiExample("A debt is paid", examples.BODIES["accept_restoration"], request_only=True),
            OpenApiExample("Accepted", examples.RESTORATION, response_only=True, status_codes=["201"]),
        ],
    ),
)
@needs(Verb.HANDLE_CASES)
@keyed
def accept_restoration(request: Request) -> Response:
    given, at = read(RestorationInput, request), business_now()
    account = account_for(request, given["account"], at=at)
    opening = Opening(kind=RESTORATION.kind, subject="", account=account, channel=given["channel"], urgency=given["urgency"])
    row = repairs.operations.restoring.ask_restoration(opening=opening, cause=given["cause"], text=given["text"], by=caller(request), at=at)
    return restoration_answer(row, status=201)


@endpoint(
    "GET",
    Doc(
        operation="get_restoration",
        tag="Repairs",
        summary="Gas to be turned on again",
        answers={200: RestorationOutput},
        problems=[404],
        examples=[OpenApiExample("A debt is paid", examples.RESTORATION, response_only=True, status_codes=["200"])],
    ),
)
def get_restoration(request: Request, reference: str) -> Response:
    return restoration_answer(restoration_for(request, reference, at=business_now()))
