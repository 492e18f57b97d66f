"""The price list, for everybody."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

import billing.queries.tariff_archive
from accounts.clock import business_date, business_now

from ..money import LITRES_PER_M3, PRICE_SCALE
from ..queries.tariff_archive import PublishedTariff, PublishedVersion
from ..spreadsheets import Row, csv_chunks

#: Names of the columns; they stay.
_HEAD = (
    *("price_class", "version", "in_force_from", "in_force_until", "decision", "tier", "from_m3", "to_m3", "price_per_m3"),
    *("more_m3_per_extra_person", "persons_included", "tier_year_starts"),
)


@require_safe
def tariff_list(request: HttpRequest) -> HttpResponse:
    """Prices in force, prices to come, and all before them."""
    published = billing.queries.tariff_archive.tariff_archive(business_date(business_now()))
    return render(request, "billing/tariff_list.html", {"published": published})


@require_safe
def tariff_archive(request: HttpRequest) -> HttpResponse:
    """Every price there ever was, by class, with what each version changed; on a day, what held then."""
    today = business_date(business_now())
    day = _day(request.GET.get("on", ""))
    published = billing.queries.tariff_archive.tariff_archive(today)
    context = {"published": published, "day": day, "then": _in_force(published, day) if day else []}
    return render(request, "billing/tariff_archive.html", context)


@require_safe
def tariff_archive_file(_request: HttpRequest) -> HttpResponseBase:
    """The same as CSV: one line for each tier of each version."""
    published = billing.queries.tariff_archive.tariff_archive(business_date(business_now()))
    headers = {"Content-Disposition": 'attachment; filename="tariffs.csv"', "Access-Control-Allow-Origin": "*"}
    return StreamingHttpResponse(csv_chunks([_HEAD, *_rows(published)]), content_type="text/csv; charset=utf-8", headers=headers)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _in_force(published: list[PublishedTariff], day: date) -> list[tuple[PublishedTariff, PublishedVersion | None]]:
    """What held on a day; None for a class that had no price yet."""
    return [(one, next((version for version in one.versions if version.version.effective_from <= day), None)) for one in published]


def _rows(published: list[PublishedTariff]) -> Iterator[Row]:
    for one in published:
        for version in one.versions:
            row = version.version
            starts = f"{row.year_starts_month:02}-{row.year_starts_day:02}"
            for tier in version.tiers:
                yield (
                    *(one.tariff.price_class, row.number, row.effective_from, version.until, row.decision, tier.number),
                    *(_m3(tier.from_litres), _m3(tier.upper_litres), Decimal(tier.unit_price) / PRICE_SCALE),
                    *(_m3(tier.extra_person_litres), row.base_persons, starts),
                )


def _m3(litres: int | None) -> Decimal | None:
    return None if litres is None else Decimal(litres) / LITRES_PER_M3
