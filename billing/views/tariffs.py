"""The price list, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import billing.queries.tariff_archive
from accounts.clock import business_date, business_now


@require_safe
def tariff_list(request: HttpRequest) -> HttpResponse:
    """Prices in force, prices to come, and all before them."""
    published = billing.queries.tariff_archive.tariff_archive(business_date(business_now()))
    return render(request, "billing/tariff_list.html", {"published": published})
