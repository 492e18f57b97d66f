"""Who plays: the demo city's hotline, dispatcher and crews, each signed in on a device; and whose homes they ring about."""

from accounts.models import Account
from desk.city.crews import leaders
from desk.city.sign_ins import SignIns

from .crew import Crew
from .evening import Cast
from .office import Dispatcher, Hotline
from .wire import Device

_HOTLINE, _DISPATCHER = "xia", "gang"
#: Calls go round so many homes, spread over the county.
_HOMES = 200


def cast_everybody(address: str) -> Cast:
    """Everybody signed in. Raises NoSignIns, Refused."""
    sign_ins = SignIns.read()
    hotline = Hotline(Device(address, _HOTLINE).sign_in(sign_ins), homes())
    dispatcher = Dispatcher(Device(address, _DISPATCHER).sign_in(sign_ins), hotline)
    devices = [Device(address, username).sign_in(sign_ins) for username in leaders()]
    crews = [Crew(device, number, hotline.calls, loses_signal=not number) for number, device in enumerate(devices)]
    return Cast(hotline, dispatcher, crews)


def homes() -> list[str]:
    """Numbers of accounts, evenly over all there are, always the same."""
    numbers = list(Account.objects.filter(status=Account.Status.OPEN).order_by("number").values_list("number", flat=True))
    return numbers[:: max(1, len(numbers) // _HOMES)]
