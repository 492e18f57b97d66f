"""Follow-ups, attempts and what was asked."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from callbacks import models
from casework.references import new_reference
from repairs.states import RepairStatus
from tests.factories.accounts import StaffFactory
from tests.factories.casework import CaseFactory, GeneralRequestFactory

LONG_AGO = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)


class QuestionnaireFactory(DjangoModelFactory):
    class Meta:
        model = models.Questionnaire

    kind = "repair"
    number = 1
    questions = factory.LazyFunction(
        lambda: [
            {"code": "settled", "sort": "yes_no", "is_required": True, "ask": {"en": "Does it work?"}},
            {"code": "score", "sort": "score", "is_required": True, "ask": {"en": "Satisfied?"}},
        ]
    )
    since = LONG_AGO


class FollowUpFactory(DjangoModelFactory):
    """Of a repair that a crew has finished, waiting for somebody to ask."""

    class Meta:
        model = models.FollowUp

    case = factory.SubFactory(
        CaseFactory,
        kind="repair",
        timeline__kind="repair",
        reference=factory.LazyFunction(lambda: new_reference("R")),
        status=RepairStatus.FINISHED,
        contact_phone="+8613800138000",
    )
    occasion = 3
    kind = "repair"
    born_at = LONG_AGO
    ring_from = LONG_AGO
    due_at = LONG_AGO + timedelta(hours=24)


class AttemptFactory(DjangoModelFactory):
    class Meta:
        model = models.Attempt

    follow_up = factory.SubFactory(FollowUpFactory)
    staff = factory.SubFactory(StaffFactory)
    at = LONG_AGO
    result = models.Result.NO_ANSWER


class ProblemFactory(DjangoModelFactory):
    class Meta:
        model = models.Problem

    follow_up = factory.SubFactory(FollowUpFactory)
    case = factory.LazyFunction(lambda: GeneralRequestFactory().case)
    at = LONG_AGO
