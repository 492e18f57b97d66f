"""Letters to the virtual reception, applications for services, rules and questions."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from complaints import models
from complaints.states import AppealStatus, ServiceStatus
from tests.factories.accounts import StaffFactory
from tests.factories.casework import CaseFactory

LONG_AGO = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)


class AppealFactory(DjangoModelFactory):
    class Meta:
        model = models.Appeal

    case = factory.SubFactory(CaseFactory, kind="appeal", status=AppealStatus.RECEIVED, channel="web", matter="reception.question.money")
    form = models.AppealForm.QUESTION
    topic = models.Topic.MONEY
    text = "Why is the bill higher?"


class DirectionQuestionFactory(DjangoModelFactory):
    class Meta:
        model = models.DirectionQuestion

    appeal = factory.SubFactory(AppealFactory, case__status=AppealStatus.FORWARDED)
    to_staff = factory.SubFactory(StaffFactory)
    asked_by = factory.SubFactory(StaffFactory)
    asked_at = LONG_AGO


class ReceptionRouteFactory(DjangoModelFactory):
    class Meta:
        model = models.ReceptionRoute

    topic = models.Topic.MONEY
    role = "engineer"
    changed_at = LONG_AGO
    by = "system:tests"


class ServiceApplicationFactory(DjangoModelFactory):
    class Meta:
        model = models.ServiceApplication

    case = factory.SubFactory(CaseFactory, kind="application", status=ServiceStatus.RECEIVED, channel="web", matter="service.meter")
    service = models.Service.METER
    details = factory.LazyFunction(dict)
