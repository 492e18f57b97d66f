"""News over the API, for those who write them; what everybody reads is the desk's stream."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.acting import Acts
from accounts.api.endpoints import Doc, endpoint, needs, refuses
from accounts.api.inputs import caller, read
from accounts.clock import business_now
from accounts.roles import Verb
from casework.api.idempotency import keyed
from casework.operations import StaleRow, WrongMove

from ..models import News, NewsCorrection
from ..news_rules import Said
from ..operations import news as operations
from ..operations.news import NewsDraft
from ..operations.news_corrections import apply_correction, correct_news, refuse_correction
from ..operations.news_refusals import BadNews
from ..queries import news as found
from .news_examples import NEWS, NEWS_BODIES
from .news_inputs import CorrectionInput, LookedInput, NewsInput, NewsReasonInput
from .news_outputs import NewsOutput

_REFUSALS: dict[type[Exception], int] = {StaleRow: 409, WrongMove: 409, BadNews: 422}


def _find(request: Request, news: int, *, at: object) -> News:
    row = found.all_news().filter(pk=news).first()
    if row is None:
        raise Http404
    return row


def _show(request: Request, row: News, *, at: object) -> Response:
    return Response(NewsOutput(_find(request, row.pk, at=None)).data)


_ACTS = Acts(tag="News", output=NewsOutput, example=("News", NEWS), bodies=NEWS_BODIES, find=_find, show=_show)


@endpoint("POST", _ACTS.doc("write_news", "Write news down; nobody reads them yet (who announces)", NewsInput, status=201))
@needs(Verb.ANNOUNCE)
@keyed
@refuses(_REFUSALS)
def write_news(request: Request) -> Response:
    row = operations.write_news(draft=_draft(request), by=caller(request), at=business_now())
    return Response(NewsOutput(_find(request, row.pk, at=None)).data, status=201)


@endpoint(
    "GET",
    Doc(
        operation="get_news",
        tag="News",
        summary="A piece of news with its corrections (staff)",
        answers={200: NewsOutput},
        problems=[404],
        examples=[OpenApiExample("News", NEWS, response_only=True, status_codes=["200"])],
    ),
)
@needs(Verb.HANDLE_CASES)
def get_news(request: Request, news: int) -> Response:
    return _show(request, _find(request, news, at=None), at=None)


@endpoint("POST", _ACTS.doc("rewrite_news", "Other words while it is a draft (who announces)", NewsInput))
@needs(Verb.ANNOUNCE)
@refuses(_REFUSALS)
def rewrite_news(request: Request, news: int) -> Response:
    draft = _draft(request)
    return _ACTS.act_on(request, news, lambda row, when: operations.rewrite_news(news=row, draft=draft, **when))


@endpoint("POST", _ACTS.doc("let_news_out", "Its writer is done: it is out, or somebody else reads it first (who announces)"))
@needs(Verb.ANNOUNCE)
@refuses(_REFUSALS)
def let_news_out(request: Request, news: int) -> Response:
    return _ACTS.act_on(request, news, lambda row, when: operations.let_out(news=row, **when))


@endpoint("POST", _ACTS.doc("approve_news", "Let out what another wrote (approvers)", LookedInput))
@needs(Verb.APPROVE_ANNOUNCEMENTS)
@refuses(_REFUSALS)
def approve_news(request: Request, news: int) -> Response:
    looked_at = read(LookedInput, request)["looked_at"]
    return _ACTS.act_on(request, news, lambda row, when: operations.approve_news(news=row, looked_at=looked_at, **when))


@endpoint("POST", _ACTS.doc("send_news_back", "Not like this (approvers)", NewsReasonInput))
@needs(Verb.APPROVE_ANNOUNCEMENTS)
@refuses(_REFUSALS)
def send_news_back(request: Request, news: int) -> Response:
    reason = read(NewsReasonInput, request)["reason"]
    return _ACTS.act_on(request, news, lambda row, when: operations.send_news_back(news=row, reason=reason, **when))


@endpoint("POST", _ACTS.doc("withdraw_news", "Take it back; everybody reads why (who announces)", NewsReasonInput))
@needs(Verb.ANNOUNCE)
@refuses(_REFUSALS)
def withdraw_news(request: Request, news: int) -> Response:
    reason = read(NewsReasonInput, request)["reason"]
    return _ACTS.act_on(request, news, lambda row, when: operations.withdraw_news(news=row, reason=reason, **when))


@endpoint("POST", _ACTS.doc("drop_news", "It is not to be said after all (who announces)"))
@needs(Verb.ANNOUNCE)
@refuses(_REFUSALS)
def drop_news(request: Request, news: int) -> Response:
    return _ACTS.act_on(request, news, lambda row, when: operations.drop_news(news=row, **when))


@endpoint("POST", _ACTS.doc("correct_news", "Better words; everybody sees what stood there (who announces)", CorrectionInput))
@needs(Verb.ANNOUNCE)
@refuses(_REFUSALS)
def correct(request: Request, news: int) -> Response:
    given = read(CorrectionInput, request)
    texts, notes = _said(given["texts"]), {one["language"]: one["note"] for one in given["notes"]}
    return _ACTS.act_on(request, news, lambda row, when: correct_news(news=row, texts=texts, notes=notes, **when))


@endpoint("POST", _ACTS.doc("apply_news_correction", "Let the waiting correction stand (approvers)"))
@needs(Verb.APPROVE_ANNOUNCEMENTS)
@refuses(_REFUSALS)
def apply_waiting(request: Request, news: int) -> Response:
    return _ACTS.act_on(request, news, lambda row, when: apply_correction(correction=_waiting(row), **when))


@endpoint("POST", _ACTS.doc("refuse_news_correction", "Leave the words as they are (who announces)", NewsReasonInput))
@needs(Verb.ANNOUNCE)
@refuses(_REFUSALS)
def refuse_waiting(request: Request, news: int) -> Response:
    reason = read(NewsReasonInput, request)["reason"]
    return _ACTS.act_on(request, news, lambda row, when: refuse_correction(correction=_waiting(row), reason=reason, **when))


def _waiting(row: News) -> NewsCorrection:
    correction = found.waiting_correction(row)
    if correction is None:
        raise Http404
    return correction


def _draft(request: Request) -> NewsDraft:
    given = read(NewsInput, request)
    return NewsDraft(texts=_said(given.pop("texts")), **given)


def _said(texts: Sequence[dict[str, Any]]) -> dict[str, Said]:
    return {one["language"]: Said(one["title"], one["text"]) for one in texts}
