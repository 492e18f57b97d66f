"""Reports as the detector of early clusters wants them, and what it found as staff see it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Count, F, QuerySet

from accounts.models import Meter, Territory
from casework.models import Case

from ..early_clusters import PAST, Report
from ..models import EarlyCluster

WINDOWS: Mapping[str, timedelta] = {EarlyCluster.Window.DAY: timedelta(days=1), EarlyCluster.Window.WEEK: timedelta(days=7)}
#: Window -> how often a day it is looked at.
LOOKS: Mapping[str, int] = {EarlyCluster.Window.DAY: 24, EarlyCluster.Window.WEEK: 1}
_KINDS = ("repair", "complaint")
_COLUMNS = (
    *("pk", "matter", "opened_at", "premises_id", "premises__territory__path", "account_id", "account__premises__territory__path"),
    *("repair__territory__path", "contact_phone"),
)


def reports(window: str, *, at: datetime) -> list[Report]:
    """Faults and complaints of the window and of its past; what an interruption is known to have caused is left out. Three statements."""
    since = at - (PAST + 1) * WINDOWS[window]
    cases = Case.objects.filter(kind__in=_KINDS, opened_at__gt=since, opened_at__lte=at, outage_ticket=None).exclude(matter="")
    rows = list(cases.order_by("pk").values_list(*_COLUMNS))
    towns = set(Territory.objects.filter(level=Territory.Level.TOWN).values_list("pk", flat=True))
    models = _models({row[5] for row in rows if row[5]})
    found = []
    for pk, matter, opened_at, premises, path, account, home, fault_path, phone in rows:
        district = _town(path or home or fault_path or "", towns)
        door = f"p{premises}" if premises else f"a{account}" if account else f"t{phone}" if phone else f"c{pk}"
        found.append(Report(pk, matter, district, models.get(account, ""), door, (at - opened_at).total_seconds()))
    return found


def all_rises() -> QuerySet[EarlyCluster]:
    """Those that last first, and of these the ones nobody has seen; then the newest."""
    rows = EarlyCluster.objects.select_related("district", "acknowledged_by", "explained_by").annotate(case_count=Count("cases"))
    return rows.order_by(F("ended_at").desc(nulls_first=True), F("acknowledged_at").asc(nulls_first=True), "-found_at", "-pk")


def cases_of(rise: EarlyCluster, *, among: QuerySet[Case]) -> QuerySet[Case]:
    """Those of its cases that a reader may see: nobody learns here of a complaint about themselves."""
    return among.filter(early_clusters=rise).order_by("-opened_at", "-pk")


def _models(accounts: set[int]) -> Mapping[int | None, str]:
    """Account -> maker and model of the meter in use."""
    rows = Meter.objects.filter(account__in=accounts, removed_at=None).values_list("account_id", "maker", "model")
    return {account: f"{maker} {model}".strip() for account, maker, model in rows}


def _town(path: str, towns: set[int]) -> int:
    return next((int(key) for key in path.strip("/").split("/") if key and int(key) in towns), 0)
