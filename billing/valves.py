"""When a connected meter shuts the gas off, and what opens it again (domain.md 1.3). Pure: meter and company judge by the same rules.

Note [Nobody opens a valve from afar]
    A closed valve never opens by a command, nor because money came: both only *let* it be opened. Then somebody who stands at the
    meter, and would smell gas or see an open cooker, presses its key. So gas never flows into a home where nobody expects it.
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class Valve(StrEnum):
    """Where the valve stands."""

    OPEN = "open"
    CLOSED = "closed"
    WAITS_FOR_KEY = "waits_for_key"


class Because(StrEnum):
    """Why it was closed."""

    LOW_CREDIT = "low_credit"
    DEBT = "debt"
    IDLE = "idle"
    TAMPER = "tamper"
    BATTERY = "battery"
    REMOTE = "remote"


class Key(StrEnum):
    """What somebody did at the meter: nothing, a short press, or the red key for three seconds."""

    NONE = ""
    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The company's settings, in litres, days and per cent. ``idle_days`` 0: the valve never closes for want of use."""

    low_litres: int
    emergency_litres: int
    idle_days: int
    battery_percent: int


@dataclass(frozen=True, kw_only=True)
class State:
    """A meter as it stands. A ``balance_litres`` below zero is emergency credit in use, which ``on_emergency`` allows."""

    valve: Valve = Valve.OPEN
    because: Because | None = None
    balance_litres: int = 0
    on_emergency: bool = False
    idle_days: int = 0
    battery_percent: int | None = None
    is_tampered: bool = False


_OF_CREDIT = frozenset({Because.LOW_CREDIT, Because.DEBT})


def reason_to_close(state: State, rules: Rules) -> Because | None:
    """Why an open valve must close, the weightiest reason first; None when it may stay open."""
    reasons = (
        (state.is_tampered, Because.TAMPER),
        (state.battery_percent is not None and state.battery_percent < rules.battery_percent, Because.BATTERY),
        (state.balance_litres <= -rules.emergency_litres, Because.DEBT),
        (state.balance_litres <= 0 and not state.on_emergency, Because.LOW_CREDIT),
        (bool(rules.idle_days) and state.idle_days >= rules.idle_days, Because.IDLE),
    )
    return next((because for applies, because in reasons if applies), None)


def is_low(state: State, rules: Rules) -> bool:
    """Whether the customer should buy soon."""
    return state.balance_litres <= rules.low_litres


def settle(state: State, rules: Rules) -> State:
    """What the meter does by itself: close, or let itself be opened once the reason is gone. It never opens."""
    if state.balance_litres > 0:
        state = replace(state, on_emergency=False)
    if state.valve == Valve.OPEN:
        because = reason_to_close(state, rules)
        return replace(state, valve=Valve.CLOSED, because=because) if because else state
    return _let_go(state, rules) if state.valve == Valve.CLOSED else _think_again(state, rules)


def _let_go(state: State, rules: Rules) -> State:
    """Credit came, or a new battery: then the key may open the valve. Whatever people closed, people let go."""
    is_over = state.because == Because.BATTERY or (state.because in _OF_CREDIT and state.balance_litres > 0)
    if not is_over:
        return state
    because = reason_to_close(replace(state, idle_days=0), rules)
    return replace(state, because=because) if because else replace(state, valve=Valve.WAITS_FOR_KEY)


def _think_again(state: State, rules: Rules) -> State:
    """It waits for its key, and meanwhile a reason has come up not to open."""
    because = reason_to_close(replace(state, idle_days=0), rules)
    return replace(state, valve=Valve.CLOSED, because=because) if because else state


def press(state: State, rules: Rules, key: Key) -> State:
    """Somebody at the meter pressed its key. After emergency credit was used up it takes the long press."""
    if key == Key.NONE or state.valve == Valve.OPEN:
        return state
    if state.because == Because.DEBT and key != Key.LONG:
        return state
    wants_emergency = state.because == Because.LOW_CREDIT and state.balance_litres <= 0
    opened = replace(state, valve=Valve.OPEN, because=None, idle_days=0, on_emergency=state.on_emergency or wants_emergency)
    may_open = state.valve == Valve.WAITS_FOR_KEY or wants_emergency or state.because == Because.IDLE
    return opened if may_open and reason_to_close(opened, rules) is None else state


def allow(state: State, rules: Rules) -> State:
    """The company lets the valve be opened: whatever it was closed for by people or by tampering is over; the other rules stay."""
    if state.valve != Valve.CLOSED:
        return state
    freed = replace(state, is_tampered=False, idle_days=0)
    because = reason_to_close(freed, rules)
    return replace(freed, because=because) if because else replace(freed, valve=Valve.WAITS_FOR_KEY)


def shut(state: State, because: Because) -> State:
    """The company closes the valve."""
    return replace(state, valve=Valve.CLOSED, because=because)


def credit(state: State, rules: Rules, litres: int) -> State:
    """A recharge arrives; emergency credit is paid back first."""
    return settle(replace(state, balance_litres=state.balance_litres + litres), rules)
