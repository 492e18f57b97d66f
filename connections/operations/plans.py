"""Write how applications go: drafts are edited, what is in force never; who has applied keeps the version they were accepted under.

Note [Two who edit one draft]
    Every form says which content it was made for (``seen``, a digest). Who writes into a draft that somebody changed meanwhile looks
    again, rather than undo what the other did.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from accounts.actors import Actor
from casework.operations import ReasonMissing, StaleRow

from .. import plan_permissions, plan_rules
from ..models import FeeRow, PaperRow, PolicyVersion, StageRow
from ..plan_rules import Problem
from ..queries import plan_contents
from ..queries.plan_contents import ROWS

type PlanRow = StageRow | PaperRow | FeeRow


class Dated(Exception):
    """What has a date is never edited."""

    def __init__(self) -> None:
        super().__init__(_("This version has its date already. Write a new draft instead."))


class NotReady(Exception):
    """Applications could not go by it; ``problems`` says everything at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(" ".join(str(problem) for problem in problems))


class DayGone(Exception):
    """What has been told to applicants stays as it was."""

    def __init__(self) -> None:
        super().__init__(_("A new version begins now or later."))


class DayTaken(Exception):
    """Two versions cannot begin at once."""

    def __init__(self) -> None:
        super().__init__(_("Another version of this plan begins at the same moment."))


class SaysTheSame(Exception):
    """A version that changes nothing."""

    def __init__(self) -> None:
        super().__init__(_("This draft says what is in force already."))


class KeyTaken(Exception):
    """A key stands in a plan once."""

    def __init__(self) -> None:
        super().__init__(_("Something in this plan has this key already."))


@transaction.atomic
def begin_draft(*, kind: str, by: Actor, at: datetime) -> PolicyVersion:
    """A draft that says what is in force now, to be changed; the one that lies there if there is one. Raises Forbidden."""
    plan_permissions.check_may_edit_plans(by, at=at)
    if standing := PolicyVersion.objects.filter(kind=kind, effective_from=None).order_by("number").first():
        return standing
    base = PolicyVersion.objects.in_force(kind, at).first()
    newest = PolicyVersion.objects.filter(kind=kind).aggregate(Max("number"))["number__max"] or 0
    texts = base.texts if base else {}
    draft = PolicyVersion.objects.create(kind=kind, number=newest + 1, texts=texts, written_by=by.actor_label, written_at=at)
    for part, model in ROWS.items() if base else ():
        rows = plan_contents.contents(base)[part] if base else []
        model._default_manager.bulk_create(model(policy=draft, **row) for row in rows)
    return draft


@transaction.atomic
def write_texts(*, draft: PolicyVersion, texts: Mapping[str, Mapping[str, str]], seen: str, by: Actor, at: datetime) -> PolicyVersion:
    """Other words: the beginning of the notice, and what happens if the acceptance fails. Raises Dated, StaleRow, Forbidden."""
    draft = _hold(draft, seen, by, at)
    draft.texts = {**draft.texts, **{name: dict(words) for name, words in texts.items()}}
    _sign(draft, by, at, "texts")
    return draft


@transaction.atomic
def write_row(*, draft: PolicyVersion, row: PlanRow, fields: Mapping[str, Any], seen: str, by: Actor, at: datetime) -> Model:
    """Change a stage, a paper or a fee of a draft, or add one (a row without a key). Raises Dated, KeyTaken, StaleRow, Forbidden."""
    draft = _hold(draft, seen, by, at)
    row.policy = draft
    for name, value in fields.items():
        setattr(row, name, value)
    same = type(row)._default_manager.filter(policy=draft, key=row.key).exclude(pk=row.pk)
    if same.exists():
        raise KeyTaken
    row.save()
    _sign(draft, by, at)
    return row


@transaction.atomic
def remove_row(*, draft: PolicyVersion, row: Model, seen: str, by: Actor, at: datetime) -> None:
    """Take a stage, a paper or a fee out of a draft. Raises Dated, StaleRow, Forbidden."""
    draft = _hold(draft, seen, by, at)
    type(row)._default_manager.filter(policy=draft, pk=row.pk).delete()
    _sign(draft, by, at)


@transaction.atomic
def publish(*, draft: PolicyVersion, effective_from: datetime, reason: str, seen: str, by: Actor, at: datetime) -> PolicyVersion:
    """Let a draft come into force at a moment, now or later; whoever has applied before keeps theirs.

    Raises NotReady, SaysTheSame, DayGone, DayTaken, ReasonMissing, Dated, StaleRow, Forbidden.
    """
    if not reason.strip():
        raise ReasonMissing
    if effective_from < at:
        raise DayGone
    draft = _hold(draft, seen, by, at)
    said = plan_contents.contents(draft)
    if found := plan_rules.problems(said):
        raise NotReady(found)
    base = PolicyVersion.objects.in_force(draft.kind, effective_from).first()
    if base is not None and plan_contents.contents(base) == said:
        raise SaysTheSame
    draft.effective_from, draft.reason = effective_from, reason.strip()[:200]
    try:
        with transaction.atomic():
            _sign(draft, by, at, "effective_from", "reason")
    except IntegrityError:
        raise DayTaken from None
    return draft


@transaction.atomic
def discard(*, draft: PolicyVersion, by: Actor, at: datetime) -> None:
    """Throw a draft away: nobody was accepted under it. Raises Dated, Forbidden."""
    plan_permissions.check_may_edit_plans(by, at=at)
    if not PolicyVersion.objects.filter(pk=draft.pk, effective_from=None).delete()[0]:
        raise Dated


def _hold(draft: PolicyVersion, seen: str, by: Actor, at: datetime) -> PolicyVersion:
    """The draft as it is now, locked. See Note [Two who edit one draft]."""
    plan_permissions.check_may_edit_plans(by, at=at)
    held = PolicyVersion.objects.select_for_update(no_key=True).filter(pk=draft.pk).first()
    if held is not None and held.effective_from is not None:
        raise Dated
    if held is None or plan_contents.digest(held) != seen:
        raise StaleRow
    return held


def _sign(draft: PolicyVersion, by: Actor, at: datetime, *fields: str) -> None:
    draft.written_by, draft.written_at = by.actor_label, at
    draft.save(update_fields=[*fields, "written_by", "written_at"])
