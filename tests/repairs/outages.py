"""A street with doors, people who plan, and what stands on a timeline: for the tests of interruptions."""

from casework.operations import drain
from notices.models import Message
from repairs.operations.outage_plans import Plan
from sla.models import Clock
from tests.factories import accounts as people


def street(*, doors=3, **account):
    """A building in a compound with accounts; the building and its accounts."""
    compound = people.TerritoryFactory(level="compound", name="开元名都")
    building = people.TerritoryFactory(level="building", name="1号楼", parent=compound)
    unit = people.TerritoryFactory(level="unit", name="2单元", parent=building)
    premises = [people.PremisesFactory(territory=unit) for _door in range(doors)]
    return building, [people.AccountFactory(premises=one, **account) for one in premises]


def plan(places, starts_at, until, reason="New valves."):
    return Plan(places=places, reason=reason, starts_at=starts_at, until=until)


def verbs(timeline):
    return list(timeline.events.order_by("seq").values_list("verb", flat=True))


def carry_out(at):
    """Everything owed, until nothing is."""
    while drain(at):
        pass


def clocks(outage):
    """Promise -> (status, due moment) of its clocks, in order."""
    rows = Clock.objects.filter(timeline=outage.timeline_id).order_by("pk")
    return [(clock.promise_id, clock.status, clock.due_at) for clock in rows]


def told(kind):
    return list(Message.objects.filter(kind=kind).order_by("pk"))
