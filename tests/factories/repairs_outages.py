"""Interruptions of supply."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from casework.references import new_reference
from repairs import models
from tests.factories.accounts import AccountFactory, StaffFactory
from tests.factories.casework import CaseFactory, TimelineFactory

LONG_AGO = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)


class OutageFactory(DjangoModelFactory):
    """Planned works, a draft; ``places=[...]`` are where."""

    class Meta:
        model = models.Outage
        skip_postgeneration_save = True

    timeline = factory.SubFactory(TimelineFactory, kind="outage")
    reference = factory.LazyFunction(lambda: new_reference("X"))
    kind = models.Outage.Kind.PLANNED
    reason = "New valves."
    starts_at = LONG_AGO
    promised_until = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=4))
    planned_by = factory.SubFactory(StaffFactory)

    @factory.post_generation
    def places(self, create, extracted, **kwargs):
        self.territories.set(extracted or [])


class UnderWayFactory(OutageFactory):
    """An accident: gas is off."""

    kind = models.Outage.Kind.ACCIDENT
    status = models.Outage.Status.UNDER_WAY
    began_at = LONG_AGO
    promises = 1


class OutageTicketFactory(DjangoModelFactory):
    class Meta:
        model = models.OutageTicket

    outage = factory.SubFactory(UnderWayFactory)
    case = factory.SubFactory(CaseFactory, kind="repair", status="reported")
    at = LONG_AGO
    by = "system:outages"


class CallTaskFactory(DjangoModelFactory):
    class Meta:
        model = models.CallTask

    outage = factory.SubFactory(UnderWayFactory)
    account = factory.SubFactory(AccountFactory)
    made_at = LONG_AGO


class OutageNoticeFactory(DjangoModelFactory):
    """A round that has told nobody yet."""

    class Meta:
        model = models.OutageNotice

    outage = factory.SubFactory(UnderWayFactory)
    number = 1
    kind = models.OutageNotice.Kind.BEGUN
    made_at = LONG_AGO
    starts_at = LONG_AGO
    until = LONG_AGO + timedelta(hours=4)


class OutageWishFactory(DjangoModelFactory):
    class Meta:
        model = models.OutageWish

    outage = factory.SubFactory(OutageFactory)
    what = models.OutageWish.What.SHORT_NOTICE
    reason = "A pipe is corroded"
    asked_by = factory.SubFactory(StaffFactory)
    asked_at = LONG_AGO
