"""Which refusals of interruptions become which status."""

from casework.operations import StaleRow, WrongMove

from ..operations import outage_refusals

#: 409 where looking again may help, 422 where it will not.
REFUSALS: dict[type[Exception], int] = {
    StaleRow: 409,
    WrongMove: 409,
    outage_refusals.CallTaken: 409,
    outage_refusals.AlreadyAsked: 409,
    outage_refusals.NothingToDecide: 409,
    outage_refusals.NotAttachable: 409,
    outage_refusals.TooEarly: 409,
    outage_refusals.NoticeTooLate: 409,
    outage_refusals.NightRestoration: 409,
    outage_refusals.BadPlan: 422,
}
