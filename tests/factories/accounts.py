"""People and places."""

from datetime import UTC, date, datetime, time, timedelta

import factory
from factory.django import DjangoModelFactory
from stdnum import luhn

from accounts import models
from accounts.roles import Role
from accounts.searching import searchable

LONG_AGO = datetime(2024, 3, 1, 1, 0, tzinfo=UTC)


class TerritoryFactory(DjangoModelFactory):
    class Meta:
        model = models.Territory
        skip_postgeneration_save = True

    level = models.Territory.Level.UNIT
    name = factory.Sequence(lambda n: f"开元名都{n}号楼2单元")
    area = models.Area.URBAN

    @factory.post_generation
    def path(self, create, extracted, **kwargs):
        self.path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        self.save(update_fields=["path"])


class HallFactory(DjangoModelFactory):
    class Meta:
        model = models.Hall

    code = factory.Sequence(lambda n: f"HL{n:02d}")
    name = factory.Sequence(lambda n: f"兰陵客户服务中心{n}")
    address = "兰陵县开元名都北区沿街楼"
    phone = "0539-5126119"
    territory = factory.SubFactory(TerritoryFactory, level=models.Territory.Level.COUNTY)


class HallHoursFactory(DjangoModelFactory):
    class Meta:
        model = models.HallHours

    hall = factory.SubFactory(HallFactory)
    weekday = 0
    opens = time(8, 30)
    closes = time(17, 30)


class CounterFactory(DjangoModelFactory):
    class Meta:
        model = models.Counter

    hall = factory.SubFactory(HallFactory)
    number = factory.Sequence(lambda n: n + 1)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = models.User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    password = factory.django.Password("a-long-password-1")


class StaffFactory(DjangoModelFactory):
    class Meta:
        model = models.Staff
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory, is_staff=True)
    number = factory.Sequence(lambda n: f"7{n:04d}")  # apart from the numbers of the cast
    name = "王芳"
    hall = factory.SubFactory(HallFactory)

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        for role in extracted or [Role.CLERK]:
            RoleGrantFactory(staff=self, role=role)


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = models.RoleGrant

    role = Role.CLERK
    since = LONG_AGO


class CustomerFactory(DjangoModelFactory):
    class Meta:
        model = models.Customer

    name = "李娜"
    created_at = LONG_AGO


class PhoneFactory(DjangoModelFactory):
    class Meta:
        model = models.Phone

    customer = factory.SubFactory(CustomerFactory)
    number = factory.Sequence(lambda n: f"+86138001{n:05d}")
    is_primary = True


class PremisesFactory(DjangoModelFactory):
    class Meta:
        model = models.Premises

    territory = factory.SubFactory(TerritoryFactory)
    door = factory.Sequence(lambda n: f"{n + 101}")
    address = factory.LazyAttribute(lambda o: f"山东省临沂市兰陵县卞庄街道{o.territory.name}{o.door}")


def account_number(n: int) -> str:
    body = f"{371324000 + n:09d}"
    return body + luhn.calc_check_digit(body)


class AccountFactory(DjangoModelFactory):
    class Meta:
        model = models.Account

    number = factory.Sequence(account_number)
    customer = factory.SubFactory(CustomerFactory)
    premises = factory.SubFactory(PremisesFactory)
    opened_at = LONG_AGO
    search = factory.LazyAttribute(lambda o: searchable([o.number, o.customer.name, o.premises.address]))


class MeterFactory(DjangoModelFactory):
    class Meta:
        model = models.Meter

    account = factory.SubFactory(AccountFactory)
    kind = models.Meter.Kind.VOLUME
    serial = factory.Sequence(lambda n: f"M{n:09d}")
    maker = "金卡"
    model = "G2.5"
    installed_at = LONG_AGO
    use_until = date(2034, 3, 1)


class GasCardFactory(DjangoModelFactory):
    class Meta:
        model = models.GasCard

    number = factory.Sequence(lambda n: f"{3713240000 + n}")
    account = factory.SubFactory(AccountFactory)
    meter = factory.SubFactory(MeterFactory, account=factory.SelfAttribute("..account"))
    password = "0f0f0f0f0f0f0f0f"
    issued_at = LONG_AGO


class BindingFactory(DjangoModelFactory):
    class Meta:
        model = models.Binding

    user = factory.SubFactory(UserFactory)
    account = factory.SubFactory(AccountFactory)
    bound_at = LONG_AGO


class DutyFactory(DjangoModelFactory):
    class Meta:
        model = models.Duty

    staff = factory.SubFactory(StaffFactory)
    hall = factory.SelfAttribute("staff.hall")
    starts_at = LONG_AGO
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=8))


class AbsenceFactory(DjangoModelFactory):
    class Meta:
        model = models.Absence

    staff = factory.SubFactory(StaffFactory)
    deputy = factory.SubFactory(StaffFactory)
    starts_at = LONG_AGO
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(days=7))


class ServiceAreaFactory(DjangoModelFactory):
    class Meta:
        model = models.ServiceArea
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"area {n}")
    hall = factory.SubFactory(HallFactory)


class PriorityEntryFactory(DjangoModelFactory):
    """On the priority register for a year around every test's day. The customer's flag is written by the operations only."""

    class Meta:
        model = models.PriorityEntry

    customer = factory.SubFactory(CustomerFactory)
    ground = models.PriorityEntry.Ground.ILLNESS
    evidence = "残疾证 3713"
    since = date(2026, 1, 1)
    until = date(2026, 12, 31)
