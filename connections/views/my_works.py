"""What was built and found, for the applicant: photos meant for them, and that they have mended what was theirs to mend."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.clock import business_now
from accounts.views.guards import MemberRequest, customer_only
from casework.operations import Ended

from .. import paper_looks, phone_proof
from ..operations import inspections
from ..queries.works import shown_photos
from .doors import Door, cabinet_door, tracked_door


@never_cache
@require_safe
@customer_only
def cabinet_works_photo(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """In the cabinet."""
    return _photo(cabinet_door(request, reference), pk)


@never_cache
@require_safe
def tracked_works_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """With reference, code and the last digits of the phone."""
    door = _read_by(request)
    return _photo(door, pk) if door else redirect("casework:track")


@never_cache
@require_POST
@customer_only
def cabinet_mended(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """In the cabinet."""
    return _mended(request, cabinet_door(request, reference), pk)


@never_cache
@require_POST
def tracked_mended(request: HttpRequest, pk: int) -> HttpResponse:
    """With reference, code and the last digits of the phone."""
    door = _read_by(request)
    return _mended(request, door, pk) if door else redirect("casework:track")


@never_cache
@require_POST
def tracked_proof(request: HttpRequest) -> HttpResponse:
    """The last digits of the phone open what people wrote."""
    door = tracked_door(request)
    if door is None:
        return redirect("casework:track")
    try:
        is_right = phone_proof.prove(request, door.application.case, request.POST.get("digits", "").strip(), real=timezone.now())
    except phone_proof.TooOften:
        messages.error(request, _("These digits were tried very often. Wait an hour, sign in, or ring us."))
    else:
        if not is_right:
            messages.error(request, _("These are not the last digits of the phone that stands in the application."))
    return redirect(f"{door.back}#works")


def _read_by(request: HttpRequest) -> Door | None:
    door = tracked_door(request)
    is_open = door is not None and phone_proof.may_read(request, door.application.case, at=business_now(), real=timezone.now())
    return door if is_open else None


def _photo(door: Door, pk: int) -> HttpResponse:
    """A picture that we made of it: upright, small enough for a phone, and without what a camera writes into a file."""
    kept = shown_photos(door.application).filter(pk=pk).first()
    if kept is None:
        raise Http404
    try:
        with default_storage.open(kept.file) as file:
            picture = paper_looks.picture_of(file.read(), kept.content_type)
    except FileNotFoundError:
        picture = None
    if picture is None:
        raise Http404
    safe = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture, content_type="image/png", headers=safe)


def _mended(request: HttpRequest, door: Door, pk: int) -> HttpResponse:
    defect = door.application.defects.filter(pk=pk).first()
    if defect is None:
        raise Http404
    defect.application = door.application
    try:
        inspections.tell_mended(defect=defect, by=door.by, at=business_now())
    except (inspections.NotTheirs, Ended) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted. We look at it; until then it stays on the list."))
    return redirect(f"{door.back}#works")
