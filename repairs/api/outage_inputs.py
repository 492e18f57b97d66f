"""What endpoints of interruptions take."""

from rest_framework import serializers

from accounts.api.inputs import Input

from ..models import CallTask, OutageWish


class PlacesQuery(Input):
    """Below which place; without it the largest ones."""

    below = serializers.IntegerField(required=False, min_value=1)


class WhereInput(Input):
    """Places by their `id` from `/places/`; what lies below them is meant too."""

    places = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=200)


class AccidentInput(Input):
    """Gas is off now, here, for this reason (in words for customers), and back by `until`."""

    places = serializers.ListField(child=serializers.IntegerField(min_value=1), min_length=1, max_length=200)
    reason = serializers.CharField(max_length=300)
    until = serializers.DateTimeField()


class PlanInput(AccidentInput):
    """Planned works: gas is off from `starts_at`."""

    starts_at = serializers.DateTimeField()


class UntilInput(Input):
    """Another hour by which gas is back."""

    until = serializers.DateTimeField()


class EndInput(Input):
    """Since when gas is on again; not later than now."""

    restored_at = serializers.DateTimeField()


class OutageReasonInput(Input):
    """In a few words."""

    reason = serializers.CharField(max_length=300)


class ExceptionInput(OutageReasonInput):
    """What another person is asked to agree to."""

    what = serializers.ChoiceField(OutageWish.What.choices)


class DecisionInput(Input):
    """A sentence with the decision; needed to refuse."""

    decision = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class TicketInput(Input):
    """The reference of a repair."""

    case = serializers.CharField(max_length=16)


class CallInput(Input):
    """What came of a call; `attempts` as it was shown, so that of two who ring at once the second is told."""

    result = serializers.ChoiceField([CallTask.Result.REACHED, CallTask.Result.NOT_REACHED])
    attempts = serializers.IntegerField(min_value=0, max_value=1000)
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
