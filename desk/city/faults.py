"""Faults and works of the demo's last and next days: one being driven to, one mended and not yet confirmed, one interruption announced.

They go through the same operations as everybody's. Nothing is late, and nothing waits that would be by the time somebody looks.
"""

from datetime import datetime, timedelta

import fieldwork.operations
import repairs.operations.outage_plans
import repairs.operations.reporting
from accounts.clock import business_date, business_midnight
from accounts.models import Account, Staff, Territory
from fieldwork.models import Crew, Visit
from fieldwork.operations.work import NewWork, add_work
from repairs.models import Repair
from repairs.operations.outage_plans import Plan
from repairs.operations.reporting import Report

_MINUTE = timedelta(minutes=1)
#: After the ten accounts of the requests (matters.py).
_AFTER_MATTERS = 10
_CALM = {"smell": "no", "hiss": "no", "people": "no"}
#: Works begin this many days ahead, well before the promised two, by day.
_WORKS_IN_DAYS = 4
_WORKS = timedelta(hours=9), timedelta(hours=15)


def bring_faults(at: datetime) -> None:
    """Report, send and mend them, as far as there are doors for them."""
    homes = Account.objects.filter(status=Account.Status.OPEN).select_related("customer", "premises__territory").order_by("pk")
    found = list(homes[_AFTER_MATTERS : _AFTER_MATTERS + 3])
    staff = {one.user.username: one for one in Staff.objects.select_related("user", "hall")}
    if len(found) < 3:
        return
    mend(report_fault(found[0], "appliance", "灶具打不着火，胶管老化。", staff, at - 100 * _MINUTE), staff, at - 100 * _MINUTE)
    _drive(report_fault(found[1], "meter", "燃气表不走字，屏幕不亮。", staff, at - 12 * _MINUTE), staff, at - 12 * _MINUTE)
    _announce(found[2], staff, at)


def report_fault(home: Account, fault: str, text: str, staff: dict[str, Staff], at: datetime) -> Visit:
    """Reported at the hotline, and offered to the first crew by the dispatcher."""
    who = home.customer
    report = Report(fault=fault, channel="phone", text=text, answers=_CALM, account=home, name=who.name, language=who.language)
    repair: Repair = repairs.operations.reporting.report(report=report, by=staff["xia"].user, at=at)
    visit = Visit.objects.get(case=repair.case)
    fieldwork.operations.offer(visit=visit, crew=Crew.objects.get(code="Q1"), by=staff["gang"].user, at=at + _MINUTE)
    return visit


def _drive(visit: Visit, staff: dict[str, Staff], at: datetime) -> None:
    fieldwork.operations.accept(visit=visit, by=staff["jun"].user, at=at + 3 * _MINUTE)
    fieldwork.operations.set_off(visit=visit, by=staff["jun"].user, at=at + 5 * _MINUTE)


def mend(visit: Visit, staff: dict[str, Staff], at: datetime) -> None:
    """There within the half hour; a new hose; nobody has confirmed it yet. Done 42 minutes after it was reported."""
    _drive(visit, staff, at)
    jun = staff["jun"]
    fieldwork.operations.arrive(visit=visit, by=jun.user, at=at + 19 * _MINUTE)
    add_work(visit=visit, work=NewWork(part="HOSE-15", quantity_milli=1_000), by=jun, at=at + 40 * _MINUTE)
    add_work(visit=visit, work=NewWork(minutes=20), by=jun, at=at + 41 * _MINUTE)
    fieldwork.operations.finish(visit=visit, outcome="done", by=jun.user, at=at + 42 * _MINUTE)


def _announce(home: Account, staff: dict[str, Staff], at: datetime) -> None:
    """Planned works where somebody lives: their compound is told now, days before."""
    compound = Territory.objects.get(pk=home.premises.territory.path.strip("/").split("/")[4])
    begins, ends = (business_midnight(business_date(at) + timedelta(days=_WORKS_IN_DAYS)) + hour for hour in _WORKS)
    plan = Plan(places=[compound], reason="更换调压箱（示例）", starts_at=begins, until=ends)
    gang = staff["gang"].user
    outage = repairs.operations.outage_plans.plan_outage(plan=plan, by=gang, at=at - 5 * _MINUTE)
    repairs.operations.outage_plans.announce(outage=outage, by=gang, at=at - 4 * _MINUTE)
