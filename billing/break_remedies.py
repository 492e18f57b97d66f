"""What can be done about each kind of break, and who answers for it."""

from collections.abc import Mapping

from .models import Break, ProviderPayment
from .states import REFUND, BreakStatus

_K, _A = Break.Kind, Break.Action
_REMEDIES: Mapping[str, tuple[Break.Action, ...]] = {
    _K.MISSING_HERE: (_A.DELIVER,),
    _K.MISSING_THERE: (_A.WRITE_OFF, _A.EXPLAIN),
    _K.AMOUNT: (_A.WRITE_OFF, _A.EXPLAIN),
    _K.NOT_POSTED: (_A.EXPLAIN,),
    _K.NOT_DELIVERED: (_A.DELIVER, _A.REFUND, _A.EXPLAIN),
    _K.DELIVERED_UNPAID: (_A.WRITE_OFF, _A.EXPLAIN),
    _K.REFUND_MISSING: (_A.EXPLAIN,),
    _K.REFUND_EXTRA: (_A.WRITE_OFF, _A.EXPLAIN),
    _K.FEE: (_A.EXPLAIN,),
    _K.TAKEN_BACK: (_A.WRITE_OFF, _A.EXPLAIN),
}


def remedies(found: Break) -> tuple[Break.Action, ...]:
    """What may be asked for now. Money that was held on its way in can only be given back or used: it is in our books already.

    A refund of ours that the provider says went is booked as that as soon as it is tried again: written off, it would be gone twice.
    """
    if found.status != BreakStatus.OPEN:
        return ()
    if found.kind == _K.MISSING_HERE and found.payment is not None:
        return (_A.REFUND, _A.ASSIGN) if found.payment.use == ProviderPayment.Use.HELD else ()
    if found.kind == _K.NOT_DELIVERED and not (found.top_up and found.top_up.goes_by_air):
        return (_A.REFUND, _A.EXPLAIN)  # a card is written where its holder brings it
    if found.kind == _K.REFUND_EXTRA and found.refund is not None and found.refund.status not in REFUND.finals:
        return ()
    return _REMEDIES[found.kind]


def needs_approval(found: Break, action: Break.Action) -> bool:
    """Of another person, here: giving back and using have approvals of their own, and sending to a meter moves no money."""
    if action in {_A.REFUND, _A.ASSIGN}:
        return False
    return not (action is _A.DELIVER and found.kind == _K.NOT_DELIVERED)
