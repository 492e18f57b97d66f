"""The urls of Open311 GeoReport v2. Without a format they answer JSON; every refusal is a document of the standard's."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from knox.crypto import hash_token

import accounts.queries
import repairs.operations.reporting
from accounts.clock import business_now
from accounts.models import User
from accounts.throttles import Pace, may_ask
from casework.models import Channel
from casework.operations import Answer, BadKey, KeyReused, answer_once
from repairs.operations.reporting import NoPlace, Report

from .. import permissions
from ..sources import Source
from ..views.reporter import source_of
from . import listing
from .documents import Refused, document, refusal
from .fingerprints import fingerprint
from .forms import Question311, ReportForm
from .services import definition, services

type View = Callable[..., HttpResponse]
#: Reading and writing alike: a city's portal sends many reports from one address. Those of a key are counted by their source besides.
_PACE = Pace("open311", "600/min")


def _open(view: View) -> View:
    """Refusals as the standard has them, the jurisdiction looked at, callers counted."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = kwargs.get("form", "json")
        try:
            _check(request)
            response = view(request, *args, **kwargs)
        except Refused as error:
            return refusal(error, form)
        except PermissionDenied as error:
            return refusal(Refused((403, str(error))), form)
        return _wrong_method(response, form) if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED else response

    return csrf_exempt(never_cache(answered))


@_open
@require_safe
def discovery(request: HttpRequest, form: str = "json") -> HttpResponse:
    """Where the service is, and in which forms."""
    url = request.build_absolute_uri("/open311/v2")
    endpoint = {"specification": "http://wiki.open311.org/GeoReport_v2", "url": url, "type": "production"}
    found = {
        "changeset": "2026-11-22T00:00:00Z",
        "contact": settings.COMPANY["hotline"],
        "endpoints": [{**endpoint, "formats": ["application/json", "text/xml"]}],
    }
    return document("discovery", found, form)


@_open
@require_safe
def service_list(request: HttpRequest, form: str = "json") -> HttpResponse:
    """What can be reported."""
    return document("services", services(), form)


@_open
@require_safe
def service(request: HttpRequest, code: str, form: str = "json") -> HttpResponse:
    """The questions of one service."""
    found = definition(code)
    if found is None:
        raise Refused((404, _("There is no such service_code.")))
    return document("service_definition", found, form)


@_open
@require_safe
def token(request: HttpRequest, token: str, form: str = "json") -> HttpResponse:
    """We number every request at once, so that a token is the number itself."""
    found = [{"service_request_id": repair.case.reference, "token": repair.case.reference} for repair in listing.one(token)]
    if not found:
        raise Refused((404, _("There is no such request.")))
    return document("service_requests", found, form)


@_open
@require_safe
def request_detail(request: HttpRequest, reference: str, form: str = "json") -> HttpResponse:
    """One request."""
    found = listing.one(reference)
    if not found:
        raise Refused((404, _("There is no such request.")))
    return document("service_requests", listing.shown(found, to=_reader(request), at=business_now()), form)


@_open
@require_http_methods(["GET", "HEAD", "POST"])
def request_list(request: HttpRequest, form: str = "json") -> HttpResponse:
    """Reading is for everybody, reporting for who has a key."""
    return _take(request, form) if request.method == "POST" else _list(request, form)


def _list(request: HttpRequest, form: str) -> HttpResponse:
    at = business_now()
    question = Question311(request.GET, at=at)
    if not question.is_valid():
        raise Refused(*_errors(question))
    found = listing.found(question.cleaned_data)
    return document("service_requests", listing.shown(found, to=_reader(request), at=at), form)


def _take(request: HttpRequest, form: str) -> HttpResponse:
    """With an Idempotency-Key a repeat is answered and not stored again; without one two alike are two: they may be two leaks."""
    at, by = business_now(), _reporter(request)
    permissions.check_may_report(by, at=at)
    given = ReportForm(request.POST)
    if not given.is_valid():
        raise Refused(*_errors(given))

    def act() -> Answer:
        told = _reported(request, given, by, at)
        # As text: a JSON column may reorder the members, and a repeat is to have the same bytes.
        return Answer(201, json.dumps(told), told[0]["service_request_id"])

    key = request.headers.get("Idempotency-Key", "").strip('" ')
    try:
        answer = answer_once(caller=f"open311:{by.pk}", key=key, fingerprint=fingerprint(request.POST), at=at, act=act) if key else act()
    except (NoPlace, BadKey, KeyReused) as error:
        raise Refused((400, str(error))) from error
    if answer.body is None:
        raise Refused((409, _("This was done; what was answered has been erased since.")))
    return document("service_requests", json.loads(answer.body), form, status=answer.status_code)


def _reported(request: HttpRequest, form: ReportForm, by: User, at: datetime) -> list[dict[str, Any]]:
    given = form.cleaned_data
    report = Report(
        fault=given["service_code"],
        channel=Channel.API,
        text=form.words,
        answers=form.answers,
        place=given["address_string"],
        point=given["point"],
        name=form.reporter,
        phone=given["number"],
        unread_phone="" if given["number"] else given["phone"],
        language=get_language() or "",
        asker=None if by.is_staff else by,
        source=_source(request, given, by),
    )
    repair = repairs.operations.reporting.report(report=report, by=by, at=at)
    return [{"service_request_id": repair.case.reference, "service_notice": listing.notice(repair), "account_id": None}]


def _source(request: HttpRequest, given: dict[str, Any], by: User) -> Source:
    """A portal sends for many people from one address: only what tells those apart counts. A customer is who they are."""
    phone = given["number"] or given["phone"]
    return Source(phone=phone, device=given["device_id"]) if by.is_staff else source_of(request, phone)


def _check(request: HttpRequest) -> None:
    if not may_ask(request, _PACE):
        raise Refused((429, _("Too many requests. Wait a minute.")))
    wanted = request.POST.get("jurisdiction_id") or request.GET.get("jurisdiction_id")
    if wanted and settings.OPEN311_JURISDICTION and wanted != settings.OPEN311_JURISDICTION:
        raise Refused((404, _("This jurisdiction_id is not ours.")))


def _reader(request: HttpRequest) -> User | AnonymousUser:
    key = request.GET.get("api_key", "") or _bearer(request)
    return _of_key(key) if key else AnonymousUser()


def _reporter(request: HttpRequest) -> User:
    key = request.POST.get("api_key", "") or _bearer(request)
    if not key:
        raise Refused((403, _("Send your api_key.")))
    return _of_key(key)


def _bearer(request: HttpRequest) -> str:
    """The same key as a header, which stays out of logs of addresses."""
    return request.headers.get("Authorization", "").removeprefix("Bearer ").strip()


def _of_key(key: str) -> User:
    """Whose key it is: an access token as for the rest of the API. Raises Refused."""
    found = accounts.queries.token_by_digest(hash_token(key)) if key.isascii() and len(key) < 200 else None
    if found is None or (found.expiry is not None and found.expiry < timezone.now()) or not found.user.is_active:
        raise Refused((403, _("This api_key is not known, or no longer valid.")))
    return found.user


def _wrong_method(response: HttpResponse, form: str) -> HttpResponse:
    answer = refusal(Refused((405, _("Only these methods are answered here: %(methods)s.") % {"methods": response["Allow"]})), form)
    answer["Allow"] = response["Allow"]
    return answer


def _errors(form: Any) -> list[tuple[int, str]]:
    said = [(name, sentence) for name, sentences in form.errors.items() for sentence in sentences]
    return [(400, str(sentence) if name == "__all__" else f"{name}: {sentence}") for name, sentence in said]
