"""What the rules of money and cards refuse, as problems: 409 where looking again may help, 422 where it will not."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from rest_framework.request import Request

import billing.operations.checkouts
import billing.operations.questions
import casework.operations
from accounts.api.problems import Problem, code_of

from .. import refusals, sentences
from ..devices.cards import CardFault
from ..queries.quotes import StaleQuote
from .outputs import QuoteOutput

_LOOK_AGAIN = (
    StaleQuote,
    refusals.CardBusy,
    refusals.CardStillFull,
    refusals.ClosedShift,
    refusals.AlreadyWritten,
    billing.operations.checkouts.CheckoutOpen,
    billing.operations.questions.PaidMeanwhile,
    refusals.WrongCounter,
    casework.operations.StaleRow,
    casework.operations.WrongMove,
)


def refusing(handler: Callable[..., Any]) -> Callable[..., Any]:
    """Answer what billing's operations refuse: their code, their sentence, and what a program needs to go on."""

    @wraps(handler)
    def answering(request: Request, *args: Any, **kwargs: Any) -> Any:
        try:
            return handler(request, *args, **kwargs)
        except (refusals.Refused, casework.operations.StaleRow, casework.operations.WrongMove) as refusal:
            status = 409 if isinstance(refusal, _LOOK_AGAIN) else 422
            raise Problem(status, code_of(refusal), refusal, **_members(refusal)) from refusal
        except CardFault as fault:
            raise Problem(422, fault.code, sentences.of_card(fault)) from fault

    answering.refused = {409, 422, *getattr(handler, "refused", ())}  # type: ignore[attr-defined]
    return answering


def _members(refusal: Exception) -> dict[str, Any]:
    match refusal:
        case StaleQuote():
            return {"quote": QuoteOutput(refusal.quote).data}
        case refusals.OverLimit():
            return {"limit": refusal.which, "left_litres": refusal.left_litres, "frees_on": refusal.frees_on}
        case refusals.OverMeterCap():
            return {"cap_litres": refusal.cap_litres}
        case refusals.CardBusy() | billing.operations.checkouts.CheckoutOpen():
            return {"reference": refusal.reference}
        case refusals.NotEnoughMoney():
            return {"missing": refusal.missing}
    return {}
