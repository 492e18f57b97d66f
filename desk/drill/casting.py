"""Who plays: the demo city's hotline, dispatcher and crews, each signed in on a device; and whose homes they ring about."""

from collections.abc import Callable

from accounts.models import Account
from desk.city.crews import leaders
from desk.city.sign_ins import SignIns

from .crew import Crew, Now
from .evening import Cast
from .office import Dispatcher, Hotline
from .wire import Device

_HOTLINE, _DISPATCHER = "xia", "gang"
#: Calls go round so many homes, spread over the county.
_HOMES = 200


def cast_everybody(address: str, *, now: Now, wall: Callable[[], float]) -> Cast:
    """Everybody signed in. ``now`` reads the business clock, ``wall`` the real one, in seconds. Raises NoSignIns, Refused."""
    sign_ins = SignIns.read()

    def device(username: str) -> Device:
        return Device(address, username).sign_in(sign_ins, wall())

    hotline = Hotline(device(_HOTLINE), homes())
    crews = [Crew(device(username), number, hotline.calls, now=now) for number, username in enumerate(leaders())]
    return Cast(hotline, Dispatcher(device(_DISPATCHER), hotline), crews)


def homes() -> list[str]:
    """Numbers of accounts, evenly over all there are, always the same."""
    numbers = list(Account.objects.filter(status=Account.Status.OPEN).order_by("number").values_list("number", flat=True))
    return numbers[:: max(1, len(numbers) // _HOMES)]
