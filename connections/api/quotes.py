"""The offer as its steward makes it, over the API: drawings, versions of the quote, sending, taking back, and what was done of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import serializers
from rest_framework.decorators import parser_classes, throttle_classes
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import caller, read
from accounts.api.parsers import FileParser
from accounts.api.throttles import Uploads, Users
from accounts.clock import business_date, business_now
from accounts.roles import Verb
from billing.refusals import Refused
from casework.api.idempotency import keyed
from casework.operations import Ended, NotTaken, StaleRow, WrongMove

from ..models import Application
from ..offer_refusals import AlreadySent, NoLines, NoOffer, NothingHeld, NotInDesign, PaidAlready, StillWanted
from ..operations import designs, offers, withdrawing
from ..quote_lines import NewLine, NewQuote
from . import offer_examples as examples
from .applications import application_for
from .offer_outputs import GasOfferOutput, GasQuotesOutput
from .offers import offer_answer
from .quote_inputs import DesignInput, GasQuoteInput, SendQuoteInput, WorksDoneInput

_STALE: dict[type[Exception], int] = {StaleRow: 409, WrongMove: 409}


def _doc(operation: str, summary: str, *, text: str = "", answers: Any = None, **known: Any) -> Doc:
    status, example = known.get("status", 200), examples.OFFER if answers else examples.QUOTES
    body, sent = known.get("body"), known.get("sent")
    is_file = body is DesignInput
    media = "multipart/form-data" if is_file else "application/json"
    requests = [OpenApiExample("As it is sent", sent, request_only=True, media_type=media)] if body else []
    return Doc(
        operation=operation,
        tag="Connections",
        summary=summary,
        text=text,
        body=body,
        answers={status: answers or GasQuotesOutput},
        problems=[404, 413] if is_file else [404],
        examples=[*requests, OpenApiExample("An answer", example, response_only=True, status_codes=[str(status)])],
    )


@endpoint("GET", _doc("list_quotes", "Drawings and versions of the quote (staff)", text="The newest first; what was sent has a contract."))
@needs(Verb.HANDLE_CASES)
def list_quotes(request: Request, reference: str) -> Response:
    return _quotes(application_for(request, reference, at=business_now()))


@endpoint("POST", _doc("add_design", "Keep a version of the drawing (staff)", body=DesignInput, sent=examples.DESIGN, status=201))
@parser_classes([FileParser])
@throttle_classes([Users, Uploads])
@needs(Verb.HANDLE_CASES)
@keyed
@refuses({NotTaken: 422, Ended: 409})
def add_design(request: Request, reference: str) -> Response:
    at, given = business_now(), read(DesignInput, request)
    application = application_for(request, reference, at=at)
    designs.add_design(application=application, file=given["file"], note=given["note"], by=caller(request), at=at)
    return _quotes(application, status=201)


@endpoint(
    "POST",
    _doc(
        "draft_quote",
        "Write the version in work, or begin the next one (staff)",
        text="All its lines. Nobody sees it before it is sent.",
        body=GasQuoteInput,
        sent=examples.DRAFT,
        status=201,
    ),
)
@needs(Verb.HANDLE_CASES)
@keyed
@refuses({NoLines: 422, NotInDesign: 409, **_STALE})
def draft_quote(request: Request, reference: str) -> Response:
    at, given = business_now(), read(GasQuoteInput, request)
    application = application_for(request, reference, at=at)
    offers.draft_quote(application=application, wanted=_wanted(application, given), by=caller(request), at=at)
    return _quotes(application, status=201)


@endpoint(
    "POST",
    _doc(
        "send_quote",
        "Offer the contract on the version in work (staff)",
        text="It does not change any more; the applicant hears of it.",
        body=SendQuoteInput,
        sent=examples.SEND,
        answers=GasOfferOutput,
    ),
)
@needs(Verb.HANDLE_CASES)
@keyed
@refuses({AlreadySent: 409, NotInDesign: 409, NoOffer: 409, **_STALE})
def send_quote(request: Request, reference: str) -> Response:
    at, given = business_now(), read(SendQuoteInput, request)
    application = application_for(request, reference, at=at)
    until = given["valid_until"]
    if until is not None and until < business_date(at):
        raise serializers.ValidationError({"valid_until": [_("Choose a day that is still to come.")]})
    draft = application.quotes.filter(sent_at=None).first()
    if draft is None:
        raise NoOffer
    draft.application = application
    offers.send_quote(quote=draft, valid_until=until, seen=given["seen"], by=caller(request), at=at)
    return offer_answer(application, at)


@endpoint(
    "POST",
    _doc("take_offer_back", "The offer holds no longer; the design goes on (staff)", text="Not once it is paid.", answers=GasOfferOutput),
)
@needs(Verb.HANDLE_CASES)
@keyed
@refuses({NoOffer: 409, PaidAlready: 409, **_STALE})
def take_offer_back(request: Request, reference: str) -> Response:
    return _act(request, reference, lambda application, at: offers.withdraw_offer(application=application, by=caller(request), at=at))


@endpoint(
    "POST",
    _doc(
        "propose_connection_refund",
        "Say what was done of a withdrawn application, and propose the rest to go back (staff)",
        text="Approved by the levels of every refund, never by who proposed it. Before the works were ordered it is proposed by itself.",
        body=WorksDoneInput,
        sent=examples.DONE,
        answers=GasOfferOutput,
    ),
)
@needs(Verb.HANDLE_CASES)
@keyed
@refuses({StillWanted: 409, NothingHeld: 409, Refused: 409})
def propose_refund(request: Request, reference: str) -> Response:
    done = {line["line"]: line["hundredths"] for line in read(WorksDoneInput, request)["done"]}
    return _act(
        request,
        reference,
        lambda application, at: withdrawing.propose_refund(application=application, done=done, by=caller(request), at=at),
    )


def _act(request: Request, reference: str, act: Callable[[Application, datetime], object]) -> Response:
    at = business_now()
    application = application_for(request, reference, at=at)
    act(application, at)
    return offer_answer(application, at)


def _wanted(application: Application, given: dict[str, Any]) -> NewQuote:
    """As the operation takes it. Raises the 404 problem for a fee or a drawing that the application does not have."""
    fees = {fee.key: fee for fee in application.policy.fees.all()}
    design = application.designs.filter(number=given["design"]).select_related("attachment").first() if given["design"] else None
    if (given["design"] and design is None) or any(line["fee"] and line["fee"] not in fees for line in given["lines"]):
        raise Http404
    lines = []
    for line in given["lines"]:
        fee = fees.get(line["fee"])
        price = line["price"] if line["price"] is not None or fee is None else fee.amount
        lines.append(NewLine(fee=fee, words=line["words"], price=price, hundredths=line["hundredths"]))
    return NewQuote(lines=lines, design=design, note=given["note"], seen=given["seen"])


def _quotes(application: Application, *, status: int = 200) -> Response:
    found = application.quotes.select_related("contract", "design__design").prefetch_related("lines__fee").order_by("-number")
    drawings = application.designs.select_related("attachment").order_by("-number")
    return Response(GasQuotesOutput({"designs": drawings, "quotes": found}).data, status=status)
