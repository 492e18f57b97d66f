"""How a connected meter stands, as hall, hotline, kiosk, cabinet and API all say it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from accounts.models import Account, Meter

from ..diagnoses import MeterDiagnosis
from ..meter_refusals import MeterUnknown, NoConnectedMeter
from ..models import ConnectedMeter, MeterCommand, MeterDay, TopUp
from ..states import UNCONFIRMED, CommandStatus
from ..valves import Because, Rules, Valve
from .idle_time import rules

#: How many commands a page shows besides those on their way.
LAST_COMMANDS = 10

_CLOSED = {
    Because.LOW_CREDIT: MeterDiagnosis.CREDIT_USED_UP,
    Because.DEBT: MeterDiagnosis.EMERGENCY_USED_UP,
    Because.IDLE: MeterDiagnosis.IDLE,
    Because.TAMPER: MeterDiagnosis.TAMPERED,
    Because.BATTERY: MeterDiagnosis.BATTERY_LOW,
    Because.REMOTE: MeterDiagnosis.CLOSED_BY_COMPANY,
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A connected meter at one moment. ``commands`` are the newest first; ``on_their_way`` those the meter has not confirmed."""

    meter: Meter
    state: ConnectedMeter
    diagnosis: MeterDiagnosis
    commands: Sequence[MeterCommand]
    rules: Rules

    @property
    def code(self) -> str:
        """For machines."""
        return self.diagnosis.value

    @property
    def sentence(self) -> str:
        """For people."""
        return str(self.diagnosis.label)

    @property
    def is_well(self) -> bool:
        """Nothing for anybody to do."""
        return self.diagnosis in {MeterDiagnosis.READY, MeterDiagnosis.ON_ITS_WAY}

    @property
    def on_their_way(self) -> list[MeterCommand]:
        return [command for command in self.commands if command.status in UNCONFIRMED]

    @property
    def litres_on_their_way(self) -> int:
        return sum(command.litres for command in self.on_their_way)

    @property
    def emergency_left(self) -> int:
        """How much the meter would still lend."""
        return max(0, self.rules.emergency_litres - self.state.emergency_litres)


def connected_meter_in_use(account_id: int) -> Meter:
    """The meter that takes commands. Raises NoConnectedMeter."""
    meter = Meter.objects.filter(account=account_id, removed_at__isnull=True, kind=Meter.Kind.IOT).first()
    if meter is None:
        raise NoConnectedMeter
    return meter


def meter_by_serial(serial: str) -> Meter:
    """For the gateway. Raises MeterUnknown."""
    meters = Meter.objects.filter(serial=serial, removed_at__isnull=True, kind=Meter.Kind.IOT)
    meter = meters.select_related("account__customer").first()
    if meter is None:
        raise MeterUnknown
    return meter


def standing(account: Account, *, at: datetime) -> Standing | None:
    """How the account's connected meter stands; None where it has none."""
    try:
        meter = connected_meter_in_use(account.pk)
    except NoConnectedMeter:
        return None
    state = ConnectedMeter.objects.filter(pk=meter.pk).first() or ConnectedMeter(meter=meter)
    # Numbered in the order in which they were queued; few are ever open at once.
    commands = list(MeterCommand.objects.filter(meter=meter).select_related("top_up").order_by("-number")[:LAST_COMMANDS])
    diagnosis = diagnose(account, state, commands, at=at)
    return Standing(meter=meter, state=state, diagnosis=diagnosis, commands=commands, rules=rules())


def diagnose(account: Account, state: ConnectedMeter, commands: Sequence[MeterCommand], *, at: datetime) -> MeterDiagnosis:
    """What there is to be said first. A reason that keeps the gas off comes before what is merely on its way."""
    because = Because(state.valve_because) if state.valve_because else None
    recharges = [command.status for command in commands if command.kind == MeterCommand.Kind.RECHARGE]
    checks = (
        (account.status == Account.Status.CLOSED, MeterDiagnosis.ACCOUNT_CLOSED),
        (state.heard_at is None, MeterDiagnosis.NEVER_HEARD),
        (state.valve == Valve.CLOSED and because in _KEEPS_SHUT, _CLOSED.get(because, MeterDiagnosis.CLOSED_BY_COMPANY)),  # type: ignore[arg-type]
        (_is_silent(state, at), MeterDiagnosis.SILENT),
        (CommandStatus.EXPIRED in recharges, MeterDiagnosis.RECHARGE_LATE),
        (bool({CommandStatus.QUEUED, CommandStatus.SENT} & set(recharges)), MeterDiagnosis.ON_ITS_WAY),
        (state.valve == Valve.CLOSED, _CLOSED.get(because, MeterDiagnosis.CLOSED_BY_COMPANY)),  # type: ignore[arg-type]
        (state.valve == Valve.WAITS_FOR_KEY and because == Because.DEBT, MeterDiagnosis.PRESS_RED_KEY),
        (state.valve == Valve.WAITS_FOR_KEY, MeterDiagnosis.PRESS_KEY),
        (state.balance_litres <= 0, MeterDiagnosis.ON_EMERGENCY),
        (state.balance_litres <= settings.METER_LOW_LITRES, MeterDiagnosis.LOW),
        (account.status == Account.Status.FROZEN, MeterDiagnosis.ACCOUNT_FROZEN),
    )
    return next((diagnosis for applies, diagnosis in checks if applies), MeterDiagnosis.READY)


#: Money does not help against these.
_KEEPS_SHUT = frozenset({Because.TAMPER, Because.BATTERY, Because.REMOTE})


def _is_silent(state: ConnectedMeter, at: datetime) -> bool:
    return state.heard_at is not None and at - state.heard_at > timedelta(days=settings.METER_SILENT_DAYS)


def may_have_more(meter: Meter) -> bool:
    """Whether gas was sent to it of which it has not said that it took it."""
    open_states = (*UNCONFIRMED, CommandStatus.EXPIRED)
    return MeterCommand.objects.filter(meter=meter, status__in=open_states, sent_at__isnull=False, top_up__isnull=False).exists()


def why_not_in_the_meter(top_up: TopUp) -> MeterDiagnosis | None:
    """Why what was paid is not in the meter yet; None for a purchase that goes on a card, or is there."""
    command = MeterCommand.objects.filter(top_up=top_up.pk).order_by("-pk").first()
    if command is None or command.status == CommandStatus.CONFIRMED:
        return None
    return {
        CommandStatus.QUEUED: MeterDiagnosis.ON_ITS_WAY,
        CommandStatus.SENT: MeterDiagnosis.SENT,
        CommandStatus.EXPIRED: MeterDiagnosis.RECHARGE_LATE,
        CommandStatus.WITHDRAWN: MeterDiagnosis.RECHARGE_WITHDRAWN,
    }[CommandStatus(command.status)]


def days_of_use(meter: Meter, *, since: date) -> list[MeterDay]:
    """What the meter used day by day, the oldest first."""
    return list(MeterDay.objects.filter(meter=meter, day__gte=since).order_by("day"))
