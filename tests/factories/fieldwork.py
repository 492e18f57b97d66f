"""Visits and the crews who make them."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from accounts.roles import Role
from fieldwork import models
from tests.factories.accounts import StaffFactory, TerritoryFactory
from tests.factories.casework import CaseFactory

LONG_AGO = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)
#: Where the cast lives: the new quarter of the county town.
LATITUDE, LONGITUDE = 34.8573, 118.0707


class CrewFactory(DjangoModelFactory):
    class Meta:
        model = models.Crew
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"K{n:02d}")
    name = factory.Sequence(lambda n: f"抢修{n}班")
    skills = [models.Skill.EMERGENCY, models.Skill.INDOOR]

    @factory.post_generation
    def territories(self, create, extracted, **kwargs):
        self.territories.set(extracted or [])


class CrewMemberFactory(DjangoModelFactory):
    class Meta:
        model = models.CrewMember

    crew = factory.SubFactory(CrewFactory)
    staff = factory.SubFactory(StaffFactory, roles=[Role.CREW])
    since = LONG_AGO


class CrewShiftFactory(DjangoModelFactory):
    """Out from LONG_AGO for so long that it is out in every test that says nothing else."""

    class Meta:
        model = models.CrewShift

    crew = factory.SubFactory(CrewFactory)
    starts_at = LONG_AGO
    ends_at = LONG_AGO + timedelta(days=3650)


class CrewPositionFactory(DjangoModelFactory):
    class Meta:
        model = models.CrewPosition

    crew = factory.SubFactory(CrewFactory)
    latitude = LATITUDE
    longitude = LONGITUDE
    at = LONG_AGO


class VisitFactory(DjangoModelFactory):
    """Asked for and with nobody yet, on the timeline of a case."""

    class Meta:
        model = models.Visit

    case = factory.SubFactory(CaseFactory)
    timeline = factory.SelfAttribute("case.timeline")
    purpose = models.VisitPurpose.REPAIR
    skill = models.Skill.INDOOR
    urgency = "normal"
    territory = factory.SubFactory(TerritoryFactory)
    latitude = LATITUDE
    longitude = LONGITUDE
    visit_code = "4711"
    asked_at = LONG_AGO


class OfferFactory(DjangoModelFactory):
    class Meta:
        model = models.Offer

    visit = factory.SubFactory(VisitFactory)
    crew = factory.SubFactory(CrewFactory)
    at = LONG_AGO
    lapses_at = factory.LazyAttribute(lambda o: o.at + timedelta(minutes=5))
    by = "system:dispatch"


class BadgeFactory(DjangoModelFactory):
    class Meta:
        model = models.Badge

    staff = factory.SubFactory(StaffFactory, roles=[Role.CREW])
    number = factory.Sequence(lambda n: f"B{n:05d}")
    issued_at = LONG_AGO
    valid_until = factory.LazyAttribute(lambda o: (o.issued_at + timedelta(days=3650)).date())


class SlotPlanFactory(DjangoModelFactory):
    class Meta:
        model = models.SlotPlan

    service_area = factory.SubFactory("tests.factories.accounts.ServiceAreaFactory")
    purpose = models.VisitPurpose.REPAIR
    weekday = 0
    opens = factory.LazyFunction(lambda: datetime(2024, 1, 1, 9).time())
    closes = factory.LazyFunction(lambda: datetime(2024, 1, 1, 11).time())


class BlackoutFactory(DjangoModelFactory):
    class Meta:
        model = models.Blackout

    first_day = factory.LazyFunction(lambda: datetime(2024, 10, 1).date())
    last_day = factory.LazyFunction(lambda: datetime(2024, 10, 7).date())
    reason = "国庆节"


class BookingFactory(DjangoModelFactory):
    class Meta:
        model = models.Booking

    visit = factory.SubFactory(VisitFactory)
    service_area = factory.SubFactory("tests.factories.accounts.ServiceAreaFactory")
    purpose = models.VisitPurpose.REPAIR
    starts_at = LONG_AGO
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=2))
    made_at = LONG_AGO
    by = "user:1"


class PartFactory(DjangoModelFactory):
    class Meta:
        model = models.Part

    code = factory.Sequence(lambda n: f"P{n:04d}")
    name = "燃气胶管"
    name_en = "gas hose"
    name_ru = "газовый шланг"
    unit = "m"
    price = 1_800


class WorkLineFactory(DjangoModelFactory):
    class Meta:
        model = models.WorkLine

    visit = factory.SubFactory(VisitFactory)
    kind = models.WorkLine.Kind.PART
    part = factory.SubFactory(PartFactory)
    quantity_milli = 1_000
    price = 1_800
    at = LONG_AGO
    by = "user:1"


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Evidence

    visit = factory.SubFactory(VisitFactory)
    step = "arrive"
    happened_at = LONG_AGO
    received_at = LONG_AGO
    by = "user:1"


class DeviceActionFactory(DjangoModelFactory):
    class Meta:
        model = models.DeviceAction

    key = factory.Sequence(lambda n: f"action-{n}")
    crew = factory.SubFactory(CrewFactory)
    staff = factory.SubFactory(StaffFactory, roles=[Role.CREW])
    verb = "arrive"
    device_at = LONG_AGO
    happened_at = LONG_AGO
    received_at = LONG_AGO
    outcome = models.DeviceAction.Outcome.APPLIED


class SignatureFactory(DjangoModelFactory):
    class Meta:
        model = models.Signature

    visit = factory.SubFactory(VisitFactory)
    name = "李娜"
    happened_at = LONG_AGO


def crew_out(*people, at=None, **kwargs):
    """A crew on its shift with these members (one of its own when none are named); ``at``: (latitude, longitude) where it was last seen."""
    crew = CrewFactory(**kwargs)
    CrewShiftFactory(crew=crew)
    for place, one in enumerate(people or [None]):
        CrewMemberFactory(crew=crew, is_leader=not place, **({"staff": one} if one else {}))
    if at:
        CrewPositionFactory(crew=crew, latitude=at[0], longitude=at[1], at=datetime(2026, 11, 20, 1, 55, tzinfo=UTC))
    return crew


class DevicePhotoFactory(DjangoModelFactory):
    class Meta:
        model = models.DevicePhoto

    key = factory.Sequence(lambda n: f"photo-{n}")
    visit = factory.SubFactory(VisitFactory)
    staff = factory.SubFactory(StaffFactory, roles=[Role.CREW])
    evidence = factory.SubFactory(EvidenceFactory, visit=factory.SelfAttribute("..visit"))
    at = LONG_AGO
