"""The telephone exchange tells of its calls; softphones and desks of other makers look at them and write them down."""

from typing import Any

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.acting import Acts
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read
from accounts.api.problems import Problem
from accounts.clock import business_now
from accounts.roles import Verb
from casework.models import Contact
from casework.operations import StaleRow, WrongMove

from ..forms.hotline import MOST_WORDS
from ..models import Call
from ..operations import call_records, hotline_lines
from ..operations.call_holding import NotYourCall
from ..operations.call_records import Record
from ..operations.exchange import EVENTS, UnknownAgent, UnknownCall, Word, hear_word
from ..queries.call_page import call_for
from ..queries.calls import CallNotFound
from . import hotline_examples as examples
from .hotline_outputs import HotlineCallOutput, HotlineLineOutput

_TAG = "Hotline"


class ExchangeWordInput(Input):
    """What has just happened on a line."""

    event = serializers.ChoiceField([(event, event) for event in EVENTS])
    call = serializers.CharField(max_length=64, help_text="the exchange's own number of the call, the same for all its events")
    line = serializers.CharField(max_length=32, help_text="the number that was rung")
    caller = serializers.CharField(max_length=32, required=False, allow_blank=True, help_text="who rings, if the exchange knows")
    agent = serializers.CharField(max_length=8, required=False, help_text="staff number; needed for `answered`")
    at = serializers.DateTimeField(required=False, help_text="when it happened; used where it lies within the last two minutes")
    is_agreed = serializers.BooleanField(required=False, help_text="for `held`: the caller was asked and agreed")


class HotlineBeatInput(Input):
    """Whether a number can be rung."""

    line = serializers.CharField(max_length=32)
    is_reachable = serializers.BooleanField()


class CallRecordInput(Input):
    """The record of a call."""

    call_type = serializers.ChoiceField(Contact.CallType.choices)
    content = serializers.CharField(max_length=MOST_WORDS, required=False, allow_blank=True, default="")
    is_solved = serializers.BooleanField(required=False, allow_null=True, default=None)
    is_order_wanted = serializers.BooleanField(required=False, default=False)


def _find(request: Request, reference: str, /, *, at: Any) -> Call:
    try:
        return call_for(reference, caller(request), at=at)
    except CallNotFound as unknown:
        raise Problem(404, "not_found", unknown) from unknown


def _show(_request: Request, call: Call, /, *, at: Any) -> Response:
    return Response(HotlineCallOutput(call).data)


_ACTS = Acts(
    tag=_TAG,
    output=HotlineCallOutput,
    example=("A call", examples.SAVED),
    bodies={"save_call": examples.RECORD},
    find=_find,
    show=_show,
)


@endpoint(
    "POST",
    Doc(
        operation="tell_call",
        tag=_TAG,
        summary="Tell what happened on a line",
        text="`ringing`, `answered`, `held`, `resumed`, `ended`. Told twice or late it changes nothing; what no longer fits is left out, "
        "and the answer says how the call stands. An `ended` before any `answered` means that the caller gave up.",
        body=ExchangeWordInput,
        answers={200: HotlineCallOutput},
        examples=[
            OpenApiExample("Somebody rings", examples.EVENT, request_only=True),
            OpenApiExample("The call", examples.CALL, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.ANSWER_CALLS)
@refuses({UnknownAgent: 422, UnknownCall: 409})
def tell_call(request: Request) -> Response:
    word = Word(**read(ExchangeWordInput, request))
    return Response(HotlineCallOutput(hear_word(word=word, by=caller(request), at=business_now())).data)


@endpoint(
    "POST",
    Doc(
        operation="tell_line",
        tag=_TAG,
        summary="Say that a number can be rung, or cannot",
        text="Every minute. After three minutes of silence the number counts as one that cannot be reached.",
        body=HotlineBeatInput,
        answers={200: HotlineLineOutput},
        examples=[
            OpenApiExample("All is well", examples.HEARTBEAT, request_only=True),
            OpenApiExample("The number", examples.LINE, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.ANSWER_CALLS)
def tell_line(request: Request) -> Response:
    given, by, at = read(HotlineBeatInput, request), caller(request), business_now()
    line = hotline_lines.ensure_line(number=given["line"], by=by, at=at)
    return Response(HotlineLineOutput(hotline_lines.hear(line=line, is_reachable=given["is_reachable"], by=by, at=at)).data)


@endpoint("GET", _ACTS.doc("get_call", "How a call stands", text="One of your own; supervisors see all."))
@needs(Verb.ANSWER_CALLS)
def get_call(request: Request, reference: str) -> Response:
    at = business_now()
    return _show(request, _find(request, reference, at=at), at=at)


@endpoint("POST", _ACTS.doc("save_call", "Write a call down", CallRecordInput, "One that still runs ends by it."))
@needs(Verb.ANSWER_CALLS)
@refuses({NotYourCall: 403, call_records.StillRinging: 409, WrongMove: 409, StaleRow: 409})
def save_call(request: Request, reference: str) -> Response:
    at, record = business_now(), Record(**read(CallRecordInput, request))
    found = _find(request, reference, at=at)
    return _show(request, call_records.save(call=found, record=record, by=caller(request), at=at), at=at)
