"""Receipts and the till."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample
from rest_framework.decorators import renderer_classes
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

import billing.operations.papers
import billing.queries.receipts
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import caller
from accounts.api.problems import Problem
from accounts.clock import business_now
from accounts.queries import NotStaff
from accounts.roles import Verb

from ..operations.papers import PaperFollows
from ..queries.receipts import ReceiptNotFound
from . import examples
from .lookups import shift_of
from .outputs import ReceiptOutput, ShiftOutput


class PdfRenderer(BaseRenderer):
    """So that Accept: application/pdf is agreed to; the view hands out the bytes itself."""

    media_type = "application/pdf"
    format = "pdf"
    render_style = "binary"


@endpoint(
    "GET",
    Doc(
        operation="get_receipt",
        tag="Receipts",
        summary="A receipt",
        text="For staff, and for the household of the account.",
        answers={200: ReceiptOutput},
        problems=[404],
        examples=[OpenApiExample("A receipt", examples.RECEIPT, response_only=True, status_codes=["200"])],
    ),
)
@refuses({ReceiptNotFound: 404})
def get_receipt(request: Request, number: str) -> Response:
    return Response(ReceiptOutput(billing.queries.receipts.receipt_for(caller(request), number, at=business_now())).data)


@endpoint(
    "GET",
    Doc(
        operation="get_receipt_pdf",
        tag="Receipts",
        summary="A receipt as PDF",
        text="While the paper cannot be made the answer is 503: the payment stands, ask again later.",
        answers={(200, "application/pdf"): OpenApiTypes.BINARY},
        problems=[404],
    ),
)
@renderer_classes([PdfRenderer])
@refuses({ReceiptNotFound: 404, PaperFollows: 503})
def get_receipt_pdf(request: Request, number: str) -> HttpResponse:
    pdf = billing.operations.papers.read_paper_for(user=caller(request), full_number=number, at=business_now())
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{number}.pdf"'})


@endpoint(
    "GET",
    Doc(
        operation="get_current_shift",
        tag="Shifts",
        summary="The caller's shift that is not closed yet",
        text="404 `no_shift` when there is none.",
        answers={200: ShiftOutput},
        problems=[404],
    ),
)
@needs(Verb.SELL_GAS)
@refuses({NotStaff: 403})
def get_current_shift(request: Request) -> Response:
    shift = shift_of(request)
    if shift is None:
        raise Problem(404, "no_shift", _("You have no open shift."))
    return Response(ShiftOutput(shift).data)
