"""Where gas is off and where it will be, for everybody: a page and JSON. No names, no doors."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from casework import references

from ..queries import outage_public as outages
from ..queries.outage_public import PublicLine


@require_safe
def public_outages(request: HttpRequest) -> HttpResponse:
    """For people."""
    at = business_now()
    return render(request, "repairs/outage_public.html", {"lines": outages.public_lines(at), "now": at})


@require_safe
def public_json(request: HttpRequest) -> JsonResponse:
    """For programs."""
    lines = outages.public_lines(business_now())
    answer = JsonResponse({"results": [_as_json(line) for line in lines]}, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _as_json(line: PublicLine) -> dict[str, Any]:
    one = line.outage
    return {
        "reference": references.grouped(one.reference),
        "kind": one.kind,
        "status": one.status,
        "places": list(line.places),
        "reason": one.reason,
        "starts_at": (one.began_at or one.starts_at).isoformat(),
        "promised_until": one.promised_until.isoformat(),
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
        "customers": one.customers or None,
    }
