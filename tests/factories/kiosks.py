"""Self-service machines and their keys."""

import factory
from factory.django import DjangoModelFactory

from accounts import sealing
from accounts.actors import System
from accounts.clock import business_now
from billing import models
from casework.operations import open_timeline

from .accounts import LONG_AGO, HallFactory, TerritoryFactory

SECRET = "tests-only-secret-of-a-machine"


class KioskFactory(DjangoModelFactory):
    """A machine in a hall that works, heard of just now."""

    class Meta:
        model = models.Kiosk

    code = factory.Sequence(lambda n: f"K{n:02d}")
    name = "开元名都北区"
    address = "兰陵县中兴路1号"
    hall = factory.SubFactory(HallFactory)
    territory = factory.SubFactory(TerritoryFactory)
    state = models.Kiosk.State.WORKING
    since = LONG_AGO
    heard_at = factory.LazyFunction(business_now)
    timeline = factory.LazyFunction(lambda: open_timeline(kind="kiosk", steps=[], by=System("tests"), at=LONG_AGO))


class DeviceKeyFactory(DjangoModelFactory):
    """A key whose secret the tests know."""

    class Meta:
        model = models.DeviceKey

    handle = factory.Sequence(lambda n: f"KTEST{n:04d}")
    kind = models.DeviceKey.Kind.KIOSK
    kiosk = factory.SubFactory(KioskFactory)
    sealed = factory.LazyFunction(lambda: sealing.seal(SECRET))
    made_at = LONG_AGO
    made_by = "system:tests"
