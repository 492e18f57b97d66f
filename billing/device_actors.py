"""Machines that act by themselves: who did it is then a kiosk, or the gateway of the connected meters."""

from dataclasses import dataclass

from .models import DeviceKey, Kiosk


@dataclass(frozen=True)
class Device:
    """A machine that has shown that it holds its key. To REST framework it is somebody who has signed in; to nobody is it staff."""

    key: DeviceKey
    kiosk: Kiosk | None = None

    is_authenticated = True
    is_anonymous = False
    is_active = True
    is_staff = False

    @property
    def pk(self) -> str:
        """Whose requests are counted together: those of a machine, whichever of its keys it uses."""
        return self.actor_label

    @property
    def actor_label(self) -> str:
        """For the journal: ``kiosk:K01``, ``meters:MQ7RT2``."""
        return f"kiosk:{self.kiosk.code}" if self.kiosk else f"meters:{self.key.handle}"
