"""How an act on a case is written, and what its operations refuse."""

from accounts.api.acting import Acts

from .. import operations
from . import examples
from .lookups import case_for, detail
from .outputs import CaseDetailOutput

#: 409 where looking again may help, 422 where it will not.
REFUSALS: dict[type[Exception], int] = {
    operations.StaleRow: 409,
    operations.WrongMove: 409,
    operations.AlreadyOffered: 409,
    operations.NotOffered: 409,
    operations.NothingMissing: 409,
    operations.Ended: 409,
    operations.NoAnswer: 422,
    operations.NoPaperNamed: 422,
    operations.NoReply: 422,
    operations.NoWayToTell: 422,
    operations.NobodyNamed: 422,
    operations.NothingSaid: 422,
    operations.ReasonMissing: 422,
    operations.SaidTooLate: 422,
}


_ACTS = Acts(
    tag="Cases", output=CaseDetailOutput, example=("The case", examples.DETAIL), bodies=examples.BODIES, find=case_for, show=detail
)
doc_of, act_on = _ACTS.doc, _ACTS.act_on
