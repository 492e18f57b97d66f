"""Callbacks of payment providers: no login, the body as it came, an answer within seconds whatever else is going on."""

import logging
import time

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

import billing.operations.provider_notices
from accounts.clock import business_now

from .. import providers
from ..providers.protocol import BadSignature, Callback, NotBelieved, StaleCallback, UnknownSerial

log = logging.getLogger(__name__)

_LONGEST = 64 * 1024
_NOT_SIGNED = (BadSignature, StaleCallback, UnknownSerial)


@csrf_exempt
@require_POST
def wechat(request: HttpRequest) -> HttpResponse:
    """204 for a callback we took, also the second time; 401 unless signed by WeChat just now; 400 for what cannot be read."""
    try:
        callback = _heard("wechat", request)
    except NotBelieved as fault:
        status = 401 if isinstance(fault, _NOT_SIGNED) else 400
        return JsonResponse({"code": "FAIL", "message": fault.code}, status=status)
    billing.operations.provider_notices.hear(provider="wechat", callback=callback, at=business_now())
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
def alipay(request: HttpRequest) -> HttpResponse:
    """The seven letters “success” for a notice we took, also the second time; anything else, and Alipay sends it again."""
    try:
        callback = _heard("alipay", request)
    except NotBelieved as fault:
        return HttpResponse("fail", content_type="text/plain", status=401 if isinstance(fault, _NOT_SIGNED) else 400)
    billing.operations.provider_notices.hear(provider="alipay", callback=callback, at=business_now())
    return HttpResponse("success", content_type="text/plain")


def _heard(code: str, request: HttpRequest) -> Callback:
    """Raises NotBelieved, and Http404 for a provider we have no keys for. Signatures stay on real time."""
    try:
        body = request.body
    except (RawPostDataException, RequestDataTooBig):  # no provider sends that
        body = b""
    try:
        if len(body) > _LONGEST:
            raise NotBelieved
        return providers.provider(code).hear(request.headers, body, now=time.time())
    except providers.NotOffered:
        raise Http404 from None
    except NotBelieved as fault:
        log.warning("callback not taken", extra={"provider": code, "because": fault.code})
        raise
