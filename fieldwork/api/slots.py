"""Planning the times of visits over the API: weekly windows of a service area, closed days, and what is free."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import Input, caller, read, read_query
from accounts.clock import business_date, business_now
from accounts.models import ServiceArea
from accounts.roles import Verb

from ..models import Blackout, SlotPlan, VisitPurpose
from ..operations import slots
from ..operations.slots import BadClosure, BadWindow, Plan
from ..queries import slots as reads
from . import appointment_examples as examples
from .appointment_outputs import ClosuresOutput, SlotPlansOutput, SlotsOutput

_TAG = "Appointments"
_REFUSALS: dict[type[Exception], int] = {BadWindow: 422, BadClosure: 422}
PURPOSES = [(purpose, VisitPurpose(purpose).label) for purpose in reads.BOOKABLE]
_AREA = "name of the service area"


class WhoseQuery(Input):
    """Whose plan, for what."""

    area = serializers.CharField(max_length=80, help_text=_AREA)
    purpose = serializers.ChoiceField(PURPOSES)


class SlotPlanInput(Input):
    """The same window on each of these weekdays."""

    area = serializers.CharField(max_length=80, help_text=_AREA)
    purpose = serializers.ChoiceField(PURPOSES)
    weekdays = serializers.ListField(child=serializers.IntegerField(min_value=0, max_value=6), min_length=1, help_text="0 = Monday")
    opens = serializers.TimeField()
    closes = serializers.TimeField()
    capacity = serializers.IntegerField(min_value=1, max_value=slots.MOST_AT_ONCE, default=1, help_text="visits at once")


class CapacityInput(Input):
    """How many visits at once from now on."""

    capacity = serializers.IntegerField(min_value=1, max_value=slots.MOST_AT_ONCE)


class ClosureInput(Input):
    """Days on which nobody comes, the last included."""

    area = serializers.CharField(max_length=80, default="", allow_blank=True, help_text=f"{_AREA}; empty: everywhere")
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    reason = serializers.CharField(max_length=200)


def _doc(operation: str, summary: str, output: type[Any], row: Any, **more: Any) -> Doc:
    """``more``: body with its ``example``, query, text, status."""
    status, example = more.pop("status", 200), more.pop("example", None)
    shown = [OpenApiExample("As it is then", {"results": [row]}, response_only=True, status_codes=[str(status)])]
    if example is not None:
        shown.append(OpenApiExample(summary, example, request_only=True))
    return Doc(operation=operation, tag=_TAG, summary=summary, answers={status: output}, problems=[404], examples=shown, **more)


@endpoint("GET", _doc("list_slot_plans", "The week that customers can choose from", SlotPlansOutput, examples.PLAN, query=WhoseQuery))
@needs(Verb.PLAN_CREWS)
def list_slot_plans(request: Request) -> Response:
    wanted = read_query(WhoseQuery, request)
    return _plans(_area(wanted["area"]), wanted["purpose"])


@endpoint("GET", _doc("preview_slots", "What is free in the coming two weeks", SlotsOutput, examples.SLOT, query=WhoseQuery))
@needs(Verb.PLAN_CREWS)
def preview_slots(request: Request) -> Response:
    wanted = read_query(WhoseQuery, request)
    found = reads.preview(_area(wanted["area"]), wanted["purpose"], business_now())
    return Response(SlotsOutput({"results": found}).data)


@endpoint(
    "POST",
    _doc(
        "plan_slots",
        "Let customers choose a time",
        SlotPlansOutput,
        examples.PLAN,
        body=SlotPlanInput,
        example=examples.PLANNING,
        status=201,
    ),
)
@needs(Verb.PLAN_CREWS)
@refuses(_REFUSALS)
def plan_slots(request: Request) -> Response:
    given = read(SlotPlanInput, request)
    area, purpose = _area(given.pop("area")), given.pop("purpose")
    slots.plan_slots(service_area=area, purpose=purpose, plan=Plan(**given), by=caller(request), at=business_now())
    return _plans(area, purpose, status=201)


@endpoint(
    "POST",
    _doc(
        "change_slot_capacity", "More or fewer visits at once", SlotPlansOutput, examples.PLAN, body=CapacityInput, example={"capacity": 4}
    ),
)
@needs(Verb.PLAN_CREWS)
@refuses(_REFUSALS)
def change_capacity(request: Request, plan: int) -> Response:
    row = _plan(plan)
    slots.change_capacity(plan=row, **read(CapacityInput, request), by=caller(request), at=business_now())
    return _plans(row.service_area, row.purpose)


@endpoint("POST", _doc("drop_slot", "Offer a time no more", SlotPlansOutput, examples.PLAN, text="What is agreed in it stays agreed."))
@needs(Verb.PLAN_CREWS)
def drop_slot(request: Request, plan: int) -> Response:
    row = _plan(plan)
    slots.drop_slot(plan=row, by=caller(request), at=business_now())
    return _plans(row.service_area, row.purpose)


@endpoint("GET", _doc("list_closed_days", "Days on which nobody comes", ClosuresOutput, examples.CLOSURE))
@needs(Verb.PLAN_CREWS)
def list_closed_days(request: Request) -> Response:
    return _closures()


@endpoint(
    "POST",
    _doc(
        "close_days", "Close days", ClosuresOutput, examples.CLOSURE, body=ClosureInput, example=examples.CLOSING, status=201,
        text="Appointments that stand on them stay: `standing` says how many must be moved.",
    ),
)  # fmt: skip
@needs(Verb.PLAN_CREWS)
@refuses(_REFUSALS)
def close_days(request: Request) -> Response:
    given = read(ClosureInput, request)
    area = _area(given["area"]) if given["area"] else None
    days = (given["first_day"], given["last_day"])
    slots.black_out(service_area=area, days=days, reason=given["reason"], by=caller(request), at=business_now())
    return _closures(status=201)


@endpoint("POST", _doc("open_days", "Open closed days again", ClosuresOutput, examples.CLOSURE))
@needs(Verb.PLAN_CREWS)
def open_days(request: Request, closure: int) -> Response:
    row = Blackout.objects.filter(pk=closure).first()
    if row is None:
        raise Http404
    slots.lift_blackout(blackout=row, by=caller(request), at=business_now())
    return _closures()


def _plans(area: ServiceArea, purpose: str, *, status: int = 200) -> Response:
    rows = reads.plans_of(area, purpose).select_related("service_area")
    return Response(SlotPlansOutput({"results": rows}).data, status=status)


def _closures(*, status: int = 200) -> Response:
    rows = list(reads.blackouts_from(business_date(business_now())))
    standing = reads.standing_in(rows)
    for row in rows:
        row.standing = standing[row.pk]  # type: ignore[attr-defined]
    return Response(ClosuresOutput({"results": rows}).data, status=status)


def _area(name: str) -> ServiceArea:
    area = ServiceArea.objects.filter(name=name).first()
    if area is None:
        raise Http404
    return area


def _plan(key: int) -> SlotPlan:
    row = SlotPlan.objects.select_related("service_area").filter(pk=key).first()
    if row is None:
        raise Http404
    return row
