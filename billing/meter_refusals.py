"""Why something was refused that concerns a connected meter."""

from django.utils.translation import gettext as _

from .refusals import Refused


class NoConnectedMeter(Refused):
    code = "no_connected_meter"

    def __init__(self) -> None:
        super().__init__(_("No connected meter is installed at this account."))


class MeterUnknown(Refused):
    code = "meter_unknown"

    def __init__(self) -> None:
        super().__init__(_("No connected meter in use has this serial number."))


class CommandUnknown(Refused):
    code = "command_unknown"

    def __init__(self) -> None:
        super().__init__(_("This meter was never sent a command with this number."))


class AlreadySent(Refused):
    """Whoever takes a command back that the meter may have would give money back for gas that is there."""

    code = "already_sent"

    def __init__(self) -> None:
        super().__init__(_("The command has been sent: the meter may have carried it out. Wait until it confirms."))


class MeterMayHaveIt(Refused):
    code = "meter_may_have_it"

    def __init__(self) -> None:
        super().__init__(
            _("Nobody knows yet whether the meter has this volume. Send it once more: the meter counts it once, and then says so.")
        )


class InTheMeter(Refused):
    code = "in_the_meter"

    def __init__(self) -> None:
        super().__init__(_("The volume is in the meter. It cannot be taken out of it from here."))


class CommandNumberNeeded(Refused):
    """Sent to a meter that is to be replaced, and not confirmed: its display is the only witness left."""

    code = "command_number_needed"

    def __init__(self, reference: str) -> None:
        self.reference = reference
        super().__init__(
            _("Nobody knows whether purchase %(reference)s reached the old meter. Enter the number of the last command it shows as done.")
            % {"reference": reference}
        )
