"""A crew's step over the API that a dispatcher was told by radio."""

from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, read
from accounts.models import Staff
from accounts.roles import Verb
from casework.operations import ReasonMissing

from .. import operations
from ..models import VisitOutcome
from ..operations import radio
from ..operations.bookings import NotYetExpected
from ..operations.radio import Radioed
from ..operations.steps import TooLongAgo
from ..permissions import NotFromThisCrew
from ..sayings import SAYABLE
from . import examples
from .outputs import VisitDetailOutput
from .visits import REFUSALS, VERSION, act_on

_OUTCOMES = [choice for choice in VisitOutcome.choices if choice[0] != VisitOutcome.NO_ACCESS]
_REFUSALS: dict[type[Exception], int] = {
    **REFUSALS,
    NotFromThisCrew: 422,
    TooLongAgo: 422,
    ReasonMissing: 422,
    operations.UnknownOutcome: 422,
    operations.NotOnSite: 409,
    NotYetExpected: 409,
}


class RadioInput(Input):
    """What was said, by whom, and when it was so."""

    step = serializers.ChoiceField([(step, step) for step in SAYABLE])
    told_by = serializers.CharField(max_length=8, help_text="staff number of somebody who is in the crew")
    happened_at = serializers.DateTimeField(required=False, help_text="as told; without it: now. RADIO_MINUTES ago at most")
    outcome = serializers.ChoiceField(_OUTCOMES, required=False, help_text="of `finish`")
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True, help_text="of `give_back`")
    version = serializers.IntegerField(required=False, min_value=0, help_text=VERSION)


@endpoint(
    "POST",
    Doc(
        operation="write_down_visit_step",
        tag="Dispatch",
        summary="Write down what a visit's crew said over the radio",
        text="Who told and who wrote are kept. Nothing proves such a step: before the repair counts as mended somebody rings the customer.",
        body=RadioInput,
        answers={200: VisitDetailOutput},
        problems=[404],
        examples=[
            OpenApiExample("Arrived a quarter of an hour ago", examples.RADIOED, request_only=True),
            OpenApiExample("The visit", examples.DETAIL, response_only=True, status_codes=["200"]),
        ],
    ),
)
@needs(Verb.DISPATCH)
@refuses(_REFUSALS)
def write_down(request: Request, visit: int) -> Response:
    given = read(RadioInput, request)
    teller = Staff.objects.select_related("user").filter(number=given["told_by"]).first()
    if teller is None:
        raise NotFromThisCrew
    words = {name: given[name] for name in ("step", "happened_at", "outcome", "reason") if name in given}
    said = Radioed(teller=teller, **words)
    return act_on(request, visit, given, lambda row, when: radio.write_down(visit=row, said=said, **when))
