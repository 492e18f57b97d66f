"""Public: is whoever stands at my door one of yours?"""

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.clock import business_now
from accounts.throttles import Pace, may_ask, may_ask_about
from casework.file_types import HEAD, type_of
from casework.references import tidy

from ..badge_passes import badge_behind
from ..forms.badges import BadgeForm
from ..models import Badge
from ..queries.badges import check_badge

_BY_ADDRESS = Pace("badge", "15/min")
#: Visit codes have four digits: of ten thousand nobody finds one, from however many addresses, while a visit lasts.
_BY_NUMBER = Pace("badge_number", "30/hour")


@never_cache
@require_http_methods(["GET", "POST"])
def badge_check(request: HttpRequest) -> HttpResponse:
    """Number and code travel in the body. A name and a face only for who knows the code of a visit that is under way."""
    form = BadgeForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    status = 422 if form.errors else 200
    if form.is_valid():
        number, code = tidy(form.cleaned_data["number"]), tidy(form.cleaned_data["code"])
        if may_ask(request, _BY_ADDRESS) and may_ask_about(number, _BY_NUMBER):
            context["checked"] = check_badge(number, code, business_now())
        else:
            context["too_often"], status = True, 429
    answer = render(request, "fieldwork/badge_check.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@never_cache
@require_safe
def badge_photo(request: HttpRequest, pass_: str) -> FileResponse:
    """The photo on a badge, for whoever was just shown that badge."""
    badge = Badge.objects.filter(pk=badge_behind(pass_) or 0, withdrawn_at=None).first()
    if badge is None or not badge.photo:
        raise Http404
    try:
        file = default_storage.open(badge.photo)
    except FileNotFoundError:
        raise Http404 from None
    kind = type_of(file.read(HEAD))
    file.seek(0)
    answer = FileResponse(file, content_type=kind)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
