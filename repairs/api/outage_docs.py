"""How endpoints of interruptions are written down, answer and refuse."""

from datetime import datetime

from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.acting import Acts

from ..models import Outage
from ..queries.outage_names import place_names
from ..queries.outage_public import PublicLine
from . import outage_examples as examples
from .outage_outputs import OutageOutput
from .outages import outage_for


def answer(outage: Outage, status: int = 200) -> Response:
    """The interruption as it is now."""
    names = place_names(list(outage.territories.all()))
    return Response(OutageOutput(PublicLine(outage, list(names.values()))).data, status=status)


def _find(request: Request, reference: str, *, at: datetime) -> Outage:
    return outage_for(reference)


def _show(request: Request, row: Outage, *, at: datetime) -> Response:
    return answer(outage_for(row.reference))


_ACTS = Acts(
    tag="Interruptions", output=OutageOutput, example=("An answer", examples.OUTAGE), bodies=examples.BODIES, find=_find, show=_show
)
doc_of, act_on = _ACTS.doc, _ACTS.act_on
