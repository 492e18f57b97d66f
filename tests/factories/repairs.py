"""Faults, and gas turned on again."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from casework.references import new_reference
from repairs import models
from repairs.states import RepairStatus, RestorationStatus
from tests.factories.casework import CaseFactory

LONG_AGO = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)


class RepairFactory(DjangoModelFactory):
    class Meta:
        model = models.Repair

    case = factory.SubFactory(
        CaseFactory,
        kind="repair",
        timeline__kind="repair",
        reference=factory.LazyFunction(lambda: new_reference("R")),
        subject="Smell or leak of gas",
        classification="ordinary",
        status=RepairStatus.REPORTED,
        area="urban",
    )
    fault = models.Repair.Fault.LEAK
    text = "It smells in the kitchen."


class ReportSourceFactory(DjangoModelFactory):
    class Meta:
        model = models.ReportSource

    repair = factory.SubFactory(RepairFactory)
    kind = models.ReportSource.Kind.PHONE
    digest = "0" * 64
    at = LONG_AGO


class RestorationFactory(DjangoModelFactory):
    class Meta:
        model = models.Restoration

    case = factory.SubFactory(
        CaseFactory,
        kind="restoration",
        timeline__kind="restoration",
        reference=factory.LazyFunction(lambda: new_reference("W")),
        subject="Turn the gas on again",
        status=RestorationStatus.ACCEPTED,
        area="urban",
    )
    cause = models.Restoration.Cause.DEBT
