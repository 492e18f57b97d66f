"""Paid gas on its way to a connected meter, and every other command: sent when the meter connects, confirmed; or expired and sent again.

Note [Once, whatever is lost]
    A command has a number of its own at its meter, and keeps it for good. A meter that has carried 7 out answers 7 with another
    confirmation and does nothing, so a lost reply costs a repetition and never a second credit. Here each step is a move of the
    command under its row lock: a second confirmation finds it confirmed. What was once sent may be in the meter, so it can be sent
    again, but not withdrawn, and its money does not go back (``check_may_give_back``), until the meter has answered.

Note [Which lock first]
    Command, then its top-up, then timelines. The meter's own row, which numbers the commands (``meter_queue``), comes last of all:
    whoever holds it asks for no other row that others hold.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction

import notices.operations
from accounts.actors import Actor
from accounts.models import Meter
from casework.operations import move

from .. import permissions
from ..meter_refusals import AlreadySent, CommandNumberNeeded, CommandUnknown, InTheMeter, MeterMayHaveIt
from ..models import MeterCommand, TopUp
from ..queries.connected_meters import connected_meter_in_use
from ..states import METER_COMMAND, TOP_UP, UNCONFIRMED, CommandStatus, TopUpStatus
from .card_writes import deliver
from .meter_queue import GATEWAY, expiry, queue_command

Kind = MeterCommand.Kind


@transaction.atomic(savepoint=False)
def queue_recharge(*, top_up: TopUp, by: Actor, at: datetime) -> MeterCommand:
    """Send what was paid to the connected meter of the account, in the caller's transaction and after its other locks.

    Needs ``top_up`` (status PAID) in the database. Raises NoConnectedMeter.
    """
    meter = connected_meter_in_use(top_up.account_id)
    timeline = top_up.timeline if top_up.timeline_id is not None else None
    command = queue_command(meter, Kind.RECHARGE, {"top_up": top_up, "litres": top_up.litres}, timeline=timeline, by=by, at=at)
    # Bought for a card, it goes by air all the same where the meter was changed since.
    fields = {"meter": meter, "card": None, "counter": None}
    move(top_up, TOP_UP, "reserve", by=by, at=at, fields=fields, command=command.number)
    return command


def send_after_all(*, top_up: TopUp, by: Actor, at: datetime) -> None:
    """Nobody wants its money back any more, in the caller's transaction: it goes to the connected meter that came meanwhile, if one did.

    What was sent to this meter before, or withdrawn from it by hand, is left to whoever looks after commands.
    """
    meter = Meter.objects.filter(account=top_up.account_id, removed_at__isnull=True, kind=Meter.Kind.IOT).first()
    if meter is None or top_up.status not in {TopUpStatus.PAID, TopUpStatus.FAILED} or top_up.commands.filter(meter=meter).exists():
        return
    queue_recharge(top_up=top_up, by=by, at=at)


@transaction.atomic
def fetch(*, meter: Meter, by: Actor = GATEWAY, at: datetime) -> list[MeterCommand]:
    """A meter has connected: everything it has not confirmed goes out, in the order of numbers.

    What was paid and had expired meanwhile goes out too, with the number it had. Marks all of it sent.
    """
    rows = MeterCommand.objects.select_for_update(no_key=True, of=("self",)).select_related("top_up__account")
    found = rows.filter(meter=meter, status__in=[*UNCONFIRMED, CommandStatus.EXPIRED]).order_by("number")
    commands = [command for command in found if _is_due(command, at)]
    for command in commands:
        if command.status == CommandStatus.EXPIRED:
            _requeue(command, by=by, at=at)
        move(command, METER_COMMAND, "send", by=by, at=at, fields={"sent_at": at})
        if command.top_up is not None and command.top_up.status == TopUpStatus.RESERVED:
            move(command.top_up, TOP_UP, "begin_write", by=by, at=at)
    return commands


def _is_due(command: MeterCommand, at: datetime) -> bool:
    """An order for the valve has its time; paid gas is owed however late the meter comes."""
    if command.kind != Kind.RECHARGE:
        return command.status in UNCONFIRMED and command.expires_at > at
    return command.status in UNCONFIRMED or (command.top_up is not None and command.top_up.status == TopUpStatus.FAILED)


@transaction.atomic
def confirm(*, meter: Meter, number: int, by: Actor = GATEWAY, at: datetime) -> MeterCommand:
    """The meter has carried a command out. A recharge is delivered and its money earned; a second confirmation changes nothing.

    Also after the command expired. Raises CommandUnknown where the meter was sent no such number.
    """
    rows = MeterCommand.objects.select_for_update(no_key=True, of=("self",)).select_related("top_up__account")
    command = rows.filter(meter=meter, number=number).first()
    if command is None or command.sent_at is None or command.status == CommandStatus.WITHDRAWN:
        raise CommandUnknown
    if command.status == CommandStatus.CONFIRMED:
        return command
    _confirm(command, by=by, at=at)
    return command


def _confirm(command: MeterCommand, *, by: Actor, at: datetime) -> None:
    move(command, METER_COMMAND, "confirm", by=by, at=at, fields={"ended_at": at})
    if command.top_up is not None:
        _deliver(command.top_up, by=by, at=at)


def _deliver(top_up: TopUp, *, by: Actor, at: datetime) -> None:
    """By whichever way leads from where it stands to the meter; none leads from where it is already, or was given back."""
    if top_up.status == TopUpStatus.RESERVED:
        move(top_up, TOP_UP, "begin_write", by=by, at=at)
    verb = "confirm" if top_up.status == TopUpStatus.WRITING else "settle_written"
    if TOP_UP.find(verb, top_up.status) is not None:
        deliver(top_up, verb, by=by, at=at)


def expire_commands(*, at: datetime, limit: int = 500) -> int:
    """Give up what no meter fetched in time, and tell who paid for it; how many. The money stays with the purchase."""
    due = MeterCommand.objects.filter(ended_at__isnull=True, expires_at__lte=at).order_by("expires_at", "pk")
    return sum(_expire(pk, at) for pk in due.values_list("pk", flat=True)[:limit])


@transaction.atomic
def _expire(pk: int, at: datetime) -> bool:
    rows = MeterCommand.objects.select_for_update(no_key=True, of=("self",)).select_related("top_up__account__customer")
    command = rows.get(pk=pk)
    if command.status not in UNCONFIRMED or command.expires_at > at:
        return False
    move(command, METER_COMMAND, "expire", by=GATEWAY, at=at, fields={"ended_at": at})
    if command.top_up is not None:
        move(command.top_up, TOP_UP, "fail", by=GATEWAY, at=at)
        _write_about(command, command.top_up, at)
    return True


@transaction.atomic
def requeue(*, command: MeterCommand, by: Actor, at: datetime) -> MeterCommand:
    """Try an expired command once more, under its number. Raises Forbidden, WrongMove where it has not expired."""
    permissions.check_may_manage_devices(by, at=at)
    command = _held(command)
    _requeue(command, by=by, at=at)
    return command


@transaction.atomic
def withdraw(*, command: MeterCommand, by: Actor, at: datetime) -> MeterCommand:
    """Take back what was never sent; paid gas then waits for something else. Raises Forbidden, AlreadySent, WrongMove."""
    permissions.check_may_manage_devices(by, at=at)
    command = _held(command)
    _withdraw(command, by=by, at=at)
    return command


def give_up_meter(*, meter: Meter, shown: int | None, by: Actor, at: datetime) -> None:
    """A connected meter is taken down, in the caller's transaction: what it has counts as delivered, what it never took is free.

    ``shown`` is the number of the last command it carried out, as its display says (None: nobody read it). A meter carries them out
    in the order of their numbers. Raises CommandNumberNeeded where only the display can tell.
    """
    rows = MeterCommand.objects.select_for_update(no_key=True, of=("self",)).select_related("top_up__account")
    for command in rows.filter(meter=meter, status__in=[*UNCONFIRMED, CommandStatus.EXPIRED]).order_by("number"):
        if command.sent_at is None or command.top_up is None:
            _take_down(command, by=by, at=at)
        elif shown is None:
            raise CommandNumberNeeded(command.top_up.reference)
        elif command.number <= shown:
            _confirm(command, by=by, at=at)
        else:
            _take_down(command, by=by, at=at)


def _take_down(command: MeterCommand, *, by: Actor, at: datetime) -> None:
    move(command, METER_COMMAND, "take_down", by=by, at=at, fields={"ended_at": at})
    top_up = command.top_up
    verb = {TopUpStatus.RESERVED: "release", TopUpStatus.WRITING: "fail"}.get(TopUpStatus(top_up.status)) if top_up else None
    if top_up is not None and verb is not None:
        move(top_up, TOP_UP, verb, by=by, at=at)


def release_for_refund(*, top_up: int, by: Actor, at: datetime) -> None:
    """Before money goes back, in the caller's transaction and before it locks the top-up: nothing of it is, or will be, in a meter.

    ``top_up`` is its key. Nothing to do for a purchase that no command carries. Raises InTheMeter, MeterMayHaveIt.
    """
    rows = MeterCommand.objects.select_for_update(no_key=True, of=("self",)).select_related("top_up")
    command = rows.filter(top_up=top_up).exclude(status=CommandStatus.WITHDRAWN).first()
    if command is None:
        return
    check_may_give_back(command)
    if command.status == CommandStatus.QUEUED:
        _withdraw(command, by=by, at=at)


def check_may_give_back(command: MeterCommand) -> None:
    """Raises InTheMeter, MeterMayHaveIt."""
    if command.status == CommandStatus.CONFIRMED:
        raise InTheMeter
    if command.sent_at is not None:
        raise MeterMayHaveIt


def _held(command: MeterCommand) -> MeterCommand:
    return MeterCommand.objects.select_for_update(no_key=True, of=("self",)).select_related("top_up").get(pk=command.pk)


def _requeue(command: MeterCommand, *, by: Actor, at: datetime) -> None:
    fields = {"ended_at": None, "queued_at": at, "expires_at": expiry(at)}
    move(command, METER_COMMAND, "requeue", by=by, at=at, fields=fields)
    if command.top_up is not None:
        move(command.top_up, TOP_UP, "reserve", by=by, at=at, command=command.number)


def _withdraw(command: MeterCommand, *, by: Actor, at: datetime) -> None:
    if command.sent_at is not None:
        raise AlreadySent
    move(command, METER_COMMAND, "withdraw", by=by, at=at, fields={"ended_at": at})
    if command.top_up is not None:
        move(command.top_up, TOP_UP, "release", by=by, at=at)


def _write_about(command: MeterCommand, top_up: TopUp, at: datetime) -> None:
    context = {
        "company": settings.COMPANY["name"],
        "hotline": settings.COMPANY["hotline"],
        "account": top_up.account.number,
        "litres": top_up.litres,
        "days": settings.METER_COMMAND_DAYS,
    }
    # Each time it expires anew is another letter; the version tells them apart.
    key = f"recharge_late:{command.pk}:{command.version}"
    notices.operations.owe_to_customer(kind="recharge_late", key=key, customer=top_up.account.customer, context=context, at=at)
