"""The calculator: what gas costs, for everybody; and the norms."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

import billing.queries.calculations
from accounts.clock import business_date, business_now
from accounts.models import Account

from .. import norms
from ..bill_forms import CalculatorForm, norm_name
from ..queries.bill_draft import month_after
from ..queries.calculations import Calculation, Wish
from ..refusals import NoTariff


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Class, days, and a volume, two readings or the norm: the amount with its lines."""
    today = business_date(business_now())
    month = today.replace(day=1)
    initial = {"price_class": "resident", "first": month, "last": month_after(month) - timedelta(days=1)}
    form = CalculatorForm(request.GET if "first" in request.GET else None, initial=initial)
    context: dict[str, Any] = {"form": form, "norms": _norms(), "source": norms.SOURCE, "result": None}
    if form.is_valid():
        try:
            context["result"] = _calculate(form)
        except NoTariff:
            form.add_error("last", str(NoTariff(str(Account.PriceClass(form.cleaned_data["price_class"]).label))))
    return render(request, "billing/calculator.html", context, status=422 if form.errors else 200)


def _calculate(form: CalculatorForm) -> Calculation:
    given = form.cleaned_data
    wish = Wish(
        price_class=given["price_class"],
        first=given["first"],
        end=form.end,
        litres=_litres(form),
        used=given["used"] or 0,
        persons=given["persons"] or 0,
    )
    return billing.queries.calculations.calculate(wish)


def _litres(form: CalculatorForm) -> int:
    """The volume as typed, else the difference of readings, else the norm."""
    given = form.cleaned_data
    if given["volume"]:
        return int(given["volume"])
    if given["before"] is not None and given["after"] is not None:
        return int(given["after"] - given["before"])
    return billing.queries.calculations.norm_litres(
        equipment=given["equipment"],
        persons=given["persons"] or 1,
        square_metres=given["square_metres"] or 0,
        first=given["first"],
        end=form.end,
    )


def _norms() -> list[dict[str, Any]]:
    """Each norm with its months, those that are alike together."""
    found = []
    for code, norm in norms.norms().items():
        low, high = min(norm.months), max(norm.months)
        found.append({"name": norm_name(code), "unit": norm.unit, "low": low, "high": high, "year": norm.year, "is_even": low == high})
    return found
