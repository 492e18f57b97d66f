"""Time."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from sla import models
from sla.queries import policies
from tests.factories.accounts import CustomerFactory, StaffFactory
from tests.factories.casework import TimelineFactory

LONG_AGO = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)


class JobFactory(DjangoModelFactory):
    """Long due."""

    class Meta:
        model = models.Job

    name = "probe"
    next_run_at = LONG_AGO


class HeartbeatFactory(DjangoModelFactory):
    class Meta:
        model = models.Heartbeat

    name = "system:sentry@test"
    beat_at = LONG_AGO


class CalendarVersionFactory(DjangoModelFactory):
    """Around the clock."""

    class Meta:
        model = models.CalendarVersion

    key = "24x7"
    number = 1
    effective_from = LONG_AGO
    zone = "Asia/Shanghai"
    is_always = True
    written_by = "system:tests"
    written_at = LONG_AGO


class HallHoursFactory(CalendarVersionFactory):
    """Monday to Friday with a lunch break, Chinese holidays."""

    key = "hall"
    is_always = False
    weekly = {str(day): [["08:30", "12:00"], ["13:30", "17:30"]] for day in range(5)}
    country = "CN"


class CalendarDayFactory(DjangoModelFactory):
    """A day on which the halls are closed."""

    class Meta:
        model = models.CalendarDay

    calendar = "hall"
    day = date(2026, 12, 24)
    is_working = False
    reason = "inventory"
    written_by = "system:tests"
    written_at = LONG_AGO


class PromiseFactory(DjangoModelFactory):
    class Meta:
        model = models.Promise
        django_get_or_create = ("key",)

    key = "T15"
    kind = "reply"
    nature = models.Nature.CLOCK


class PromiseVersionFactory(DjangoModelFactory):
    """An answer within a day, to every general request, from its opening on. The book is read anew after it."""

    class Meta:
        model = models.PromiseVersion
        skip_postgeneration_save = True

    promise = factory.SubFactory(PromiseFactory)
    number = 1
    effective_from = LONG_AGO
    starts_on = ["case.opened"]
    stops_on = ["case.answered"]
    pauses_on = ["case.waiting_for_customer"]
    resumes_on = ["case.customer_answered"]
    limit = "PT24H"
    calendar = "24x7"
    owner = "hall_head"
    ladder = [["50%", "owner"], ["100%", "supervisor"]]
    written_by = "system:tests"
    written_at = LONG_AGO

    @factory.post_generation
    def read_anew(self, create, extracted, **kwargs):
        models.CalendarVersion.objects.filter(key=self.calendar).exists() or CalendarVersionFactory(key=self.calendar)
        policies.forget()


class ClockFactory(DjangoModelFactory):
    """Runs since long ago, and is long due."""

    class Meta:
        model = models.Clock

    timeline = factory.SubFactory(TimelineFactory)
    version = factory.SubFactory(PromiseVersionFactory)
    promise = factory.SelfAttribute("version.promise")
    started_by = 1
    event = "case.opened"
    started_at = LONG_AGO
    due_at = LONG_AGO
    legs = factory.LazyAttribute(
        lambda o: [{"version": o.version.pk, "calendar": o.version.calendar, "number": 1, "from": o.started_at.isoformat()}]
    )


class AlarmFactory(DjangoModelFactory):
    """Long due."""

    class Meta:
        model = models.Alarm

    clock = factory.SubFactory(ClockFactory)
    epoch = 1
    rung = "100%"
    fires_at = LONG_AGO


class EscalationFactory(DjangoModelFactory):
    class Meta:
        model = models.Escalation

    alarm = factory.SubFactory(AlarmFactory, fired_at=LONG_AGO)
    to_role = "supervisor"
    created_at = LONG_AGO


class ExtensionFactory(DjangoModelFactory):
    """Asked by somebody, waiting for the head of the hall."""

    class Meta:
        model = models.Extension

    clock = factory.SubFactory(ClockFactory)
    timeline = factory.SelfAttribute("clock.timeline")
    reason = models.ExtensionReason.PARTS
    explanation = "The valve is on its way"
    was_due_at = LONG_AGO
    due_at = LONG_AGO + timedelta(days=1)
    approver_role = "hall_head"
    asked_by = factory.SubFactory(StaffFactory)
    asked_at = LONG_AGO


class CompensationFactory(DjangoModelFactory):
    """Owed for a clock that is long late, and waiting for an exemption."""

    class Meta:
        model = models.Compensation

    clock = factory.SubFactory(ClockFactory)
    timeline = factory.SelfAttribute("clock.timeline")
    amount = 5_000
    late = 3600
    decided_at = LONG_AGO
    payable_at = LONG_AGO + timedelta(days=3)
    pay_by = LONG_AGO + timedelta(days=10)


class DutyVersionFactory(PromiseVersionFactory):
    """A call to every customer once a month."""

    promise = factory.SubFactory(PromiseFactory, key="T33", kind="recurring", nature=models.Nature.RECURRING)
    starts_on = factory.LazyAttribute(lambda o: [f"duty.due?promise={o.promise.key}"])
    stops_on = factory.LazyAttribute(lambda o: [f"duty.done?promise={o.promise.key}"])
    withdrawn_on = ["duty.ended"]
    pauses_on = []
    resumes_on = []
    limit = "P1M"
    owner = "key_account_manager"


class ObligationFactory(DjangoModelFactory):
    """To one customer."""

    class Meta:
        model = models.Obligation

    timeline = factory.SubFactory(TimelineFactory, kind="duty")
    subject = models.Obligation.Subject.CUSTOMER
    customer = factory.SubFactory(CustomerFactory)


class PeriodFactory(DjangoModelFactory):
    """A turn that nobody has done yet."""

    class Meta:
        model = models.Period

    obligation = factory.SubFactory(ObligationFactory)
    promise = factory.SubFactory(PromiseFactory, key="T33", kind="recurring", nature=models.Nature.RECURRING)
    label = "2026-11"
    opened_at = LONG_AGO


class FaultFactory(DjangoModelFactory):
    class Meta:
        model = models.Fault

    kind = models.Fault.Kind.COMPUTE
    error = "UnknownCalendar"
    at = LONG_AGO
