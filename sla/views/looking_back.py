"""What would a version have done: held against our own clocks before it is let into force."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.clock import business_now
from accounts.roles import Verb
from accounts.views.guards import staff_with

from ..comparison import VERDICTS, Twice
from ..queries import comparisons
from ..question_forms import VersionForm, version_choices

_VERDICTS: Mapping[str, str | Promise] = {
    "kept": pgettext_lazy("promise", "kept"),
    "broken": pgettext_lazy("promise", "missed"),
    "open": _("still open, in time"),
    "waiting": _("waiting for the customer"),
    "withdrawn": pgettext_lazy("promise", "no longer due"),
    "unmeasured": _("without a moment to miss"),
}


@require_safe
@staff_with(Verb.SEE_OPERATION)
def what_if(request: HttpRequest) -> HttpResponse:
    """Choose a version; see what was, and what would have been. Nothing is written."""
    at = business_now()
    choices = version_choices(comparisons.comparable(at), at)
    form = VersionForm(choices, request.GET if "version" in request.GET else None)
    context: dict[str, Any] = {"form": form, "choices": choices, "most": comparisons.MOST, "matters": comparisons.MATTERS}
    if form.is_valid():
        found = comparisons.look_back(int(form.cleaned_data["version"]), at=at)
        context |= {"found": found, "comparison": found.comparison, "policy": found.comparison.policy, "lines": _lines(found.comparison)}
    return render(request, "sla/what_if.html", context, status=422 if form.errors else 200)


def _lines(comparison: Twice) -> list[tuple[str | Promise, int, int]]:
    """Verdicts in words with both counts; those that never came up are left out."""
    counts = ((_VERDICTS[one], comparison.before.verdicts[one], comparison.after.verdicts[one]) for one in VERDICTS)
    return [line for line in counts if line[1] or line[2]]
