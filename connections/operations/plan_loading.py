"""Take the default plans from their file, as often as one likes.

Only what the file says differently from the last time becomes a new version, in force at once. Where staff have written a newer
version of their own, it becomes a draft beside it: the file proposes, staff decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from accounts.actors import System

from .. import plan_files
from ..models import PolicyVersion
from ..plan_files import PlanFile
from ..queries import plan_contents
from ..queries.plan_contents import ROWS

LOADER = System("plans")
#: First versions hold from here on: applications that are loaded are older than the plans.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Loaded:
    """How many versions were written: in force at once, and as drafts because staff have written newer ones."""

    versions: int
    drafts: int


@transaction.atomic
def load_plans(*, at: datetime) -> Loaded:
    """Bring the plans up to their file."""
    known: dict[str, list[PolicyVersion]] = {}
    for version in PolicyVersion.objects.prefetch_related(*ROWS).order_by("number"):
        known.setdefault(version.kind, []).append(version)
    written = [_write(plan, known.get(plan.kind, ()), at) for plan in plan_files.plans() if _is_news(plan, known.get(plan.kind, ()))]
    return Loaded(versions=written.count(False), drafts=written.count(True))


def _is_news(plan: PlanFile, known: Iterable[PolicyVersion]) -> bool:
    taken = [version for version in known if version.written_by == LOADER.actor_label]
    return not taken or plan_contents.contents(taken[-1]) != plan_contents.of_file(plan)


def _write(plan: PlanFile, known: Iterable[PolicyVersion], at: datetime) -> bool:
    """Whether it had to become a draft."""
    newest = next(iter(sorted(known, key=lambda version: -version.number)), None)
    is_draft = newest is not None and newest.written_by != LOADER.actor_label
    version = PolicyVersion.objects.create(
        kind=plan.kind,
        number=newest.number + 1 if newest else 1,
        effective_from=None if is_draft else at if newest else BEGINNING,
        texts=plan.texts,
        written_by=LOADER.actor_label,
        written_at=at,
    )
    for part, model in ROWS.items():
        model._default_manager.bulk_create(model(policy=version, **row) for row in plan.rows[part])
    return is_draft
