"""From the order to a built connection: taken at the hall, dispatched, sent out, logged with photos, reported done.

Note [Who has the order]. The hall dispatches the same day (T42) to engineering, which sends it out when work starts the next day (T43), or
straight to the installer. The days of T47 to T51 count from when the installer has it; those of a building's main line from when its
conditions are ready (T50). A private network's order is passed on by marketing the next day (T44).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

import casework.queries
from accounts.actors import Actor
from accounts.models import Staff
from casework.models import Attachment
from casework.operations import NothingSaid, Step, attach, move_case, record

from .. import works_permissions
from ..models import Application, ConnectionKind, Deed, WorksEntry, WorksOrder
from ..states import ConnectionStatus
from . import stages
from .holding import hold

To = WorksOrder.To


class NothingOrdered(Exception):
    """Contract or fees are missing, or it is built already, or called off."""

    def __init__(self) -> None:
        super().__init__(_("Nothing is ordered to be built here (any more)."))


class DispatchedBefore(Exception):
    """Somebody has it already."""

    def __init__(self) -> None:
        super().__init__(_("This order was sent on already."))


class NoInstaller(Exception):
    """Somebody builds it."""

    def __init__(self) -> None:
        super().__init__(_("Choose who builds it."))


class DayMissing(Exception):
    """Where no rule says how long it takes, a day is agreed."""

    def __init__(self) -> None:
        super().__init__(_("Choose the day for which this is planned."))


class NotReadyYet(Exception):
    """A main line is built when the building is."""

    def __init__(self) -> None:
        super().__init__(_("Say first that the conditions for the building's main line are there."))


#: Kinds whose day is agreed, not promised by rule (T48, T51).
PLANNED = {ConnectionKind.COMMERCIAL, ConnectionKind.SMALL_MICRO, ConnectionKind.PRIVATE_NETWORK}


@transaction.atomic
def take_order(*, application: Application, by: Actor, at: datetime) -> WorksOrder:
    """The hall has an order to build: the application has just begun its works. Again it is the same order. Raises Ended."""
    hold(application)
    order, is_new = WorksOrder.objects.get_or_create(application=application, defaults={"taken_at": at})
    if is_new and application.kind == ConnectionKind.PRIVATE_NETWORK:
        _tell(application, [Step("order.acceptance_finished")], by=by, at=at)
    return order


@transaction.atomic
def dispatch(*, application: Application, to: str, by: Actor, at: datetime, **known: Any) -> WorksOrder:
    """Send the order on: to engineering, or straight to the ``installer`` (with ``planned_for``, where a day is agreed).

    Raises NothingOrdered, DispatchedBefore, NoInstaller, DayMissing, DayGone, Ended, Forbidden.
    """
    works_permissions.check_may_build(by, at=at)
    order = _order(application)
    if order.dispatched_at is not None:
        raise DispatchedBefore
    steps = [Step("order.dispatched", {"to": to})]
    if application.kind == ConnectionKind.PRIVATE_NETWORK:
        steps.append(Step("order.handed_over", {"to": to}))
    _write(order, to=to, dispatched_at=at)
    _tell(application, steps, by=by, at=at)
    if to == To.INSTALLER:
        _give(order, by=by, at=at, **known)
    return order


@transaction.atomic
def send_out(
    *, application: Application, installer: Staff | None, by: Actor, at: datetime, planned_for: datetime | None = None
) -> WorksOrder:
    """Engineering gives the order to whoever builds.

    Raises NothingOrdered, DispatchedBefore, NoInstaller, DayMissing, DayGone, Ended, Forbidden.
    """
    works_permissions.check_may_build(by, at=at)
    order = _order(application)
    if order.dispatched_at is None or order.to != To.ENGINEERING or order.sent_out_at is not None:
        raise DispatchedBefore
    _tell(application, [Step("order.sent_out")], by=by, at=at)
    return _give(order, installer=installer, planned_for=planned_for, by=by, at=at)


@transaction.atomic
def tell_ready(*, application: Application, by: Actor, at: datetime) -> WorksOrder:
    """The conditions for a building's main line are there: its five days begin (T50). Raises NothingOrdered, Ended, Forbidden."""
    works_permissions.check_may_build(by, at=at)
    order = _order(application)
    if order.ready_at is None:
        _write(order, ready_at=at)
        _tell(application, [Step("connection.conditions_ready")], by=by, at=at)
    return order


@transaction.atomic
def log(
    *, application: Application, text: str, photos: "Sequence[File[bytes]]" = (), is_shown: bool = False, by: Actor, at: datetime
) -> WorksEntry:
    """An entry of the construction log; ``is_shown``: its photos are for the applicant too.

    Raises NothingSaid, NothingOrdered, NotTaken for a photo, Ended, Forbidden."""
    works_permissions.check_may_build(by, at=at)
    if not text.strip():
        raise NothingSaid
    _order(application, is_built=None)
    kept: list[Attachment] = [attach(case=application.case, file=photo, by=by, at=at) for photo in photos]
    staff = casework.queries.staff_behind(by)
    entry = WorksEntry.objects.create(application=application, at=at, staff=staff, by=by.actor_label, text=text.strip(), is_shown=is_shown)
    entry.photos.set(kept)
    _tell(application, [Step("connection.works_logged", {"entry": entry.pk, "photos": len(kept)})], by=by, at=at)
    return entry


@transaction.atomic
def report_built(*, application: Application, by: Actor, at: datetime) -> WorksOrder:
    """It is built, and ready to be inspected. Raises NothingOrdered, NotReadyYet, WrongMove, Ended, StaleRow, Forbidden."""
    works_permissions.check_may_build(by, at=at)
    order = _order(application)
    if order.sent_out_at is None:
        raise NothingOrdered
    if application.kind == ConnectionKind.BUILDING_LINE and order.ready_at is None:
        raise NotReadyYet
    _write(order, installed_at=at)
    move_case(case=application.case, verb="inspect", by=by, at=at)
    stages.finish_by_deed(application=application, deed=Deed.INSTALLATION, by=by, at=at)
    return order


@transaction.atomic
def call_off(*, application: Application, by: Actor, at: datetime) -> None:
    """Nobody builds it any more; the case is over or goes another way."""
    order = WorksOrder.objects.filter(application=application, installed_at=None, cancelled_at=None).first()
    if order is not None:
        _write(order, cancelled_at=at)
        _tell(application, [Step("order.cancelled")], by=by, at=at)


def _give(order: WorksOrder, *, installer: Staff | None = None, planned_for: datetime | None = None, by: Actor, at: datetime) -> WorksOrder:
    """See Note [Who has the order]."""
    application = order.application
    if installer is None:
        raise NoInstaller
    if application.kind in PLANNED and planned_for is None:
        raise DayMissing
    if planned_for is not None and planned_for <= at:
        raise stages.DayGone
    _write(order, installer=installer, planned_for=planned_for, sent_out_at=at)
    planned = {"planned_at": planned_for.isoformat()} if planned_for else {}
    _tell(application, [Step("connection.ordered", {"installer": installer.pk, **planned})], by=by, at=at)
    return order


def _order(application: Application, *, is_built: bool | None = False) -> WorksOrder:
    """The order under the lock of its case; ``is_built`` None: also of one that is built."""
    if hold(application).case.status not in {ConnectionStatus.CONSTRUCTION, *(_AFTER if is_built is None else ())}:
        raise NothingOrdered
    order = WorksOrder.objects.select_related("application").filter(application=application, cancelled_at=None).first()
    if order is None:
        raise NothingOrdered
    order.application = application
    return order


_AFTER = (ConnectionStatus.ACCEPTANCE, ConnectionStatus.CORRECTIONS, ConnectionStatus.READY)


def _write(order: WorksOrder, **fields: object) -> None:
    for name, value in fields.items():
        setattr(order, name, value)
    order.save(update_fields=list(fields))


def _tell(application: Application, steps: Sequence[Step], *, by: Actor, at: datetime) -> None:
    record(timeline_id=application.case.timeline_id, steps=steps, by=by, at=at)
